using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace Orleans.Embedded;

/// <summary>What a grain interface method needs to be called, worked out once: flags, copies, a compiled call.</summary>
internal abstract class MethodPlan
{
    private static readonly ConcurrentDictionary<MethodInfo, MethodPlan> s_plans = new();

    private readonly bool[] _isArgumentShared;
    private readonly bool _isResultShared;
    private readonly Func<object, object?[], Task> _invoke;

    protected MethodPlan(MethodInfo method)
    {
        _isArgumentShared = [.. method.GetParameters().Select(parameter => parameter.IsDefined(typeof(ImmutableAttribute)))];
        _isResultShared = method.ReturnParameter.IsDefined(typeof(ImmutableAttribute), false);
        _invoke = Compile(method);
        HasResult = method.ReturnType.IsGenericType;
        IsOneWay = method.IsDefined(typeof(OneWayAttribute));
        Interleaves = method.IsDefined(typeof(AlwaysInterleaveAttribute));
        IsReadOnly = method.IsDefined(typeof(ReadOnlyAttribute));
        ResponseTimeout = method.GetCustomAttribute<ResponseTimeoutAttribute>()?.Timeout;
        InterfaceName = method.DeclaringType!.FullName!;
        MethodName = method.Name;
        SpanName = $"{method.DeclaringType!.Name}/{method.Name}";
    }

    public bool HasResult { get; }

    public bool IsOneWay { get; }

    public bool Interleaves { get; }

    public bool IsReadOnly { get; }

    public TimeSpan? ResponseTimeout { get; }

    public string InterfaceName { get; }

    public string MethodName { get; }

    /// <summary><c>IFoo/Bar</c>: how traces and messages name the call.</summary>
    public string SpanName { get; }

    public static MethodPlan Of(MethodInfo method) => s_plans.GetOrAdd(method, Make);

    /// <summary>Sends a call and returns what the caller awaits.</summary>
    public abstract object Send(GrainReference target, object?[] arguments);

    public Task? Invoke(object instance, object?[] arguments) => _invoke(instance, arguments);

    public object? CopyResult(object? result) => _isResultShared ? result : ArgumentCopier.Copy(result);

    protected object?[] CopyArguments(object?[] arguments)
    {
        for (var i = 0; i < arguments.Length; i++)
        {
            if (!_isArgumentShared[i]) { arguments[i] = ArgumentCopier.Copy(arguments[i]); }
        }

        return arguments;
    }

    private static MethodPlan Make(MethodInfo method)
    {
        var answer = method.ReturnType.IsGenericType ? method.ReturnType.GetGenericArguments()[0] : typeof(object);
        var plan = typeof(MethodPlan<>).MakeGenericType(answer);
        return (MethodPlan)Activator.CreateInstance(plan, method)!;
    }

    // (instance, arguments) => ((IFoo)instance).Bar((A)arguments[0], (B)arguments[1]) as a Task
    private static Func<object, object?[], Task> Compile(MethodInfo method)
    {
        var instance = Expression.Parameter(typeof(object));
        var arguments = Expression.Parameter(typeof(object?[]));
        Expression call = Expression.Call(
            Expression.Convert(instance, method.DeclaringType!),
            method,
            method.GetParameters().Select((parameter, i) => Expression.Convert(
                Expression.ArrayIndex(arguments, Expression.Constant(i)), parameter.ParameterType)));
        if (method.ReturnType.IsValueType) { call = Expression.Call(call, nameof(ValueTask.AsTask), null); }

        return Expression.Lambda<Func<object, object?[], Task>>(call, instance, arguments).Compile();
    }
}

/// <inheritdoc cref="MethodPlan"/>
internal sealed class MethodPlan<T>(MethodInfo method) : MethodPlan(method)
{
    private readonly Type _returnType = method.ReturnType;

    public override object Send(GrainReference target, object?[] arguments)
    {
        Task<T> answer;
        try
        {
            var call = new GrainCall<T>(this, target, CopyArguments(arguments));
            call.Depart();
            target.Silo.Deliver(call);
            answer = IsOneWay ? Task.FromResult<T>(default!) : call.Answer;
        }
        catch (Exception problem)
        {
            answer = Task.FromException<T>(problem);
        }

        if (!_returnType.IsValueType) { return answer; }

        return HasResult ? new ValueTask<T>(answer) : new ValueTask(answer);
    }
}
