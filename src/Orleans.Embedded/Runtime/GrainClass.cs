using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Concurrency;
using Orleans.Runtime;
using Orleans.Storage;

namespace Orleans.Embedded;

/// <summary>A grain class: its name in ids, its interfaces, and how its objects are made.</summary>
internal sealed class GrainClass
{
    private const string ClassSuffix = "Grain";

    private readonly ConstructorInfo _constructor;
    private readonly ConstructorInvoker _invoker;
    private readonly ParameterInfo[] _parameters;

    public GrainClass(Type type)
    {
        Type = type;
        GrainType = type.GetCustomAttribute<GrainTypeAttribute>()?.GrainType ?? NameByConvention(type);
        Interfaces = [.. type.GetInterfaces().Where(IsGrainInterface)];
        MainInterface = Interfaces.FirstOrDefault(face => typeof(IGrainWithStringKey).IsAssignableFrom(face)) ?? typeof(IGrain);
        IsReentrant = type.IsDefined(typeof(ReentrantAttribute), inherit: true);
        var constructors = type.GetConstructors();
        _constructor = constructors.Length == 1
            ? constructors[0]
            : throw new OrleansConfigurationException($"{type} needs exactly one public constructor.");
        _invoker = ConstructorInvoker.Create(_constructor);
        _parameters = _constructor.GetParameters();
    }

    public Type Type { get; }

    public string GrainType { get; }

    public IReadOnlyList<Type> Interfaces { get; }

    /// <summary>The interface of a reference that was asked for without one.</summary>
    public Type MainInterface { get; }

    public bool IsReentrant { get; }

    public IEnumerable<(PersistentStateAttribute Named, Type StateType)> States =>
        from parameter in _parameters
        let named = parameter.GetCustomAttribute<PersistentStateAttribute>()
        where named is not null
        select (named, parameter.ParameterType.GetGenericArguments()[0]);

    public object Construct(Activation activation, List<ISavedState> states)
    {
        var arguments = new object?[_parameters.Length];
        for (var i = 0; i < arguments.Length; i++)
        {
            arguments[i] = Argument(_parameters[i], activation, states);
        }

        return _invoker.Invoke(arguments);
    }

    /// <summary>Whether it declares calls: neither the marker interfaces nor the class's own.</summary>
    public static bool IsGrainInterface(Type face) =>
        face != typeof(IGrain) && face != typeof(IGrainWithStringKey) && face != typeof(IGrainObserver)
        && (typeof(IGrain).IsAssignableFrom(face) || typeof(IGrainObserver).IsAssignableFrom(face));

    private static object? Argument(ParameterInfo parameter, Activation activation, List<ISavedState> states)
    {
        if (parameter.ParameterType == typeof(IGrainContext)) { return activation; }

        if (parameter.GetCustomAttribute<PersistentStateAttribute>() is { } named)
        {
            var state = MakeState(parameter.ParameterType.GetGenericArguments()[0], named, activation);
            states.Add(state);
            return state;
        }

        var services = activation.ActivationServices;
        if (parameter.GetCustomAttribute<FromKeyedServicesAttribute>() is { } keyed)
        {
            return services.GetRequiredKeyedService(parameter.ParameterType, keyed.Key);
        }

        return parameter.HasDefaultValue
            ? services.GetService(parameter.ParameterType) ?? parameter.DefaultValue
            : services.GetRequiredService(parameter.ParameterType);
    }

    private static ISavedState MakeState(Type stateType, PersistentStateAttribute named, Activation activation)
    {
        var services = activation.ActivationServices;
        var storage = named.StorageName is { } name
            ? services.GetKeyedService<IGrainStorage>(name)
                ?? throw new BadProviderConfigException($"No storage is registered under the name '{name}'.")
            : services.GetService<IGrainStorage>()
                ?? throw new BadProviderConfigException("No default storage is registered.");
        return (ISavedState)Activator.CreateInstance(
            typeof(PersistentState<>).MakeGenericType(stateType), activation, named, storage)!;
    }

    private static string NameByConvention(Type type)
    {
        var name = type.Name.EndsWith(ClassSuffix, StringComparison.Ordinal) && type.Name.Length > ClassSuffix.Length
            ? type.Name[..^ClassSuffix.Length]
            : type.Name;
        return name.ToLowerInvariant();
    }
}
