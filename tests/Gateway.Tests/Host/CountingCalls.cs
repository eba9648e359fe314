using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace Calls.Gateway.Tests.Host;

/// <summary>Counts what is asked of one of the program's services, by method and first argument.</summary>
public class CountingCalls<TService> : DispatchProxy
    where TService : class
{
    private readonly ConcurrentDictionary<string, int> _counts = new();
    private TService _inner = null!;

    /// <summary>Puts the counting in front of what is registered.</summary>
    public static void Wrap(IServiceCollection services)
    {
        var registered = services.Last(service => service.ServiceType == typeof(TService));
        services.AddSingleton(provider =>
        {
            var proxy = Create<TService, CountingCalls<TService>>();
            ((CountingCalls<TService>)(object)proxy)._inner = (TService)(registered.ImplementationFactory?.Invoke(provider)
                ?? ActivatorUtilities.CreateInstance(provider, registered.ImplementationType!));
            return proxy;
        });
    }

    /// <summary>How often this was asked.</summary>
    public static int Of(IServiceProvider services, string method) =>
        ((CountingCalls<TService>)(object)services.GetRequiredService<TService>())._counts.GetValueOrDefault(method);

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        _counts.AddOrUpdate(targetMethod!.Name, 1, (_, count) => count + 1);
        return targetMethod.Invoke(_inner, args);
    }
}
