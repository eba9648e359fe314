using System.Reflection;

namespace Calls.Gateway.Tests.Host;

/// <summary>What a test does with a call that comes by: pass it on, and something before or after.</summary>
public delegate object? Passing(MethodInfo method, object?[] arguments, Func<object?> pass);

/// <summary>Stands in front of a service and lets a test come between a call and its answer.</summary>
public class Between<TService> : DispatchProxy
    where TService : class
{
    private TService _inner = null!;
    private Passing _passing = null!;

    public static TService Of(TService inner, Passing passing)
    {
        var proxy = Create<TService, Between<TService>>();
        ((Between<TService>)(object)proxy)._inner = inner;
        ((Between<TService>)(object)proxy)._passing = passing;
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        _passing(targetMethod!, args!, () => targetMethod!.Invoke(_inner, BindingFlags.DoNotWrapExceptions, null, args, null));
}
