using System.Reflection;
using Orleans.Runtime;
using System.Text.Json.Serialization;

namespace Orleans.Embedded;

/// <summary>
/// Refuses at start what would break on a cluster, or what this host does not do: all problems at once, a sentence each.
/// </summary>
internal sealed class ContractCheck
{
    private static readonly Type[] s_taskTypes = [typeof(Task<>), typeof(ValueTask<>)];

    private readonly List<string> _problems = [];
    private readonly HashSet<Type> _seen = [];

    public static void ThrowIfBroken(GrainClasses classes)
    {
        var problems = Problems(classes);
        if (problems.Count > 0)
        {
            throw new OrleansConfigurationException(
                "Found unserializable or uncopyable types, or grains that break the rules:"
                + string.Concat(problems.Select(problem => Environment.NewLine + "- " + problem)));
        }
    }

    public static IReadOnlyList<string> Problems(GrainClasses classes)
    {
        var check = new ContractCheck();
        foreach (var grainClass in classes.All)
        {
            check.Class(grainClass);
        }

        foreach (var clash in classes.All.SelectMany(grain => grain.States.Select(state => (grain.Type, state.Named.StateName)))
            .GroupBy(state => state.StateName).Where(group => group.Count() > 1))
        {
            check._problems.Add(
                $"The state name '{clash.Key}' is used by {string.Join(" and ", clash.Select(state => state.Type))}: "
                + "on a cluster's database their rows would be one.");
        }

        return check._problems;
    }

    private void Class(GrainClass grainClass)
    {
        if (grainClass.Interfaces.Any(face => typeof(IGrain).IsAssignableFrom(face) && face != typeof(IRemindable))
            && !typeof(IGrainWithStringKey).IsAssignableFrom(grainClass.Type))
        {
            _problems.Add($"{grainClass.Type} has no {nameof(IGrainWithStringKey)}: this host knows string keys only.");
        }

        foreach (var method in grainClass.Interfaces.Where(face => face != typeof(IRemindable)).SelectMany(face => face.GetMethods()))
        {
            Method(method);
        }

        foreach (var (named, stateType) in grainClass.States)
        {
            State(grainClass, named, stateType);
        }
    }

    private void Method(MethodInfo method)
    {
        var name = $"{method.DeclaringType}.{method.Name}";
        if (method.IsSpecialName || method.IsGenericMethod)
        {
            _problems.Add($"{name}: a grain interface has plain methods only, no properties, events or type parameters.");
            return;
        }

        var answer = method.ReturnType;
        if (answer.IsGenericType && s_taskTypes.Contains(answer.GetGenericTypeDefinition()))
        {
            Value(answer.GetGenericArguments()[0], name);
        }
        else if (answer != typeof(Task) && answer != typeof(ValueTask))
        {
            _problems.Add($"{name} returns {answer}; this host knows Task, Task<T>, ValueTask and ValueTask<T>.");
        }

        foreach (var parameter in method.GetParameters())
        {
            if (parameter.ParameterType.IsByRef || parameter.ParameterType == typeof(CancellationToken))
            {
                _problems.Add($"{name}: parameters by reference and cancellation tokens do not travel on this host.");
            }
            else { Value(parameter.ParameterType, name); }
        }
    }

    private void Value(Type type, string where)
    {
        if (TypeShape.IsPlain(type) || !_seen.Add(type)) { return; }

        if (Nullable.GetUnderlyingType(type) is { } inner) { Value(inner, where); }
        else if (type.IsSZArray) { Value(type.GetElementType()!, where); }
        else if (ArgumentCopier.IsCollection(type))
        {
            foreach (var part in type.GetGenericArguments()) { Value(part, where); }
        }
        else if (typeof(IAddressable).IsAssignableFrom(type) || typeof(Exception).IsAssignableFrom(type))
        {
            // References travel as they are; exceptions are looked at when they are thrown.
        }
        else if (IsReadOnlyView(type)) { Value(type.GetGenericArguments()[0], where); }
        else if (!TypeShape.IsDeclared(type)) { _problems.Add($"{type}, in {where}, lacks [GenerateSerializer]."); }
        else { Members(type); }
    }

    private void Members(Type type)
    {
        foreach (var field in TypeShape.Fields(type))
        {
            var member = TypeShape.MemberOf(field);
            if (type.IsDefined(typeof(GenerateSerializerAttribute)) && TypeShape.StableName(member) is null)
            {
                _problems.Add($"{field.DeclaringType}.{member.Name} has no [Id]: it would be lost on the way.");
            }

            Value(field.FieldType, $"{type}.{member.Name}");
        }

        foreach (var found in type.IsSealed || type.IsValueType ? [] : TypeShape.Cases(type))
        {
            Value(found, $"the cases of {type}");
        }
    }

    private void State(GrainClass grainClass, PersistentStateAttribute named, Type stateType)
    {
        var where = $"the state '{named.StateName}' of {grainClass.Type}";
        if (stateType.GetConstructor(Type.EmptyTypes) is null && !stateType.IsValueType)
        {
            _problems.Add($"{stateType}, {where}, needs a constructor without parameters: a grain without a record starts with it.");
        }

        Value(stateType, where);
        try
        {
            Saved(stateType, where, []);
        }
        catch (Exception problem) when (problem is NotSupportedException or InvalidOperationException)
        {
            _problems.Add($"{stateType}, {where}, cannot be saved: {problem.Message}");
        }
    }

    // Every annotated member must be one that the JSON of saved states can read and write.
    private void Saved(Type type, string where, HashSet<Type> seen)
    {
        if (TypeShape.IsPlain(type) || !seen.Add(type)) { return; }

        if (type.IsArray) { Saved(type.GetElementType()!, where, seen); }

        foreach (var part in type.GetGenericArguments())
        {
            Saved(part, where, seen);
        }

        if (!type.IsDefined(typeof(GenerateSerializerAttribute), false) || type.IsDefined(typeof(JsonConverterAttribute))) { return; }

        var writable = SavedStateJson.Options.GetTypeInfo(type).Properties
            .Where(property => property.Get is not null && (property.Set is not null || property.AssociatedParameter is not null))
            .Select(property => property.Name).ToHashSet();
        foreach (var field in TypeShape.Fields(type))
        {
            var member = TypeShape.MemberOf(field);
            if (TypeShape.StableName(member) is { } name && !type.IsAbstract && !writable.Contains(name))
            {
                _problems.Add($"{type}.{member.Name}, in {where}, must be public and settable (init is enough) to be saved.");
            }

            Saved(field.FieldType, where, seen);
        }

        foreach (var found in type.IsAbstract ? TypeShape.Cases(type) : [])
        {
            Saved(found, where, seen);
        }
    }

    private static bool IsReadOnlyView(Type type) => type.IsInterface && type.IsGenericType
        && (type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>)
            || type.GetGenericTypeDefinition() == typeof(IReadOnlyCollection<>)
            || type.GetGenericTypeDefinition() == typeof(IEnumerable<>));
}
