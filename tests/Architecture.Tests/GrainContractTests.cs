using System.Reflection;
using Calls.Contracts.Calls;

namespace Calls.Architecture.Tests;

/// <summary>What real Orleans needs of grain messages and state, whichever host the build uses.</summary>
public class GrainContractTests
{
    private static readonly Assembly Contracts = typeof(ICallGrain).Assembly;
    private static readonly Assembly Grains = Assembly.Load("Calls.Grains");

    [Fact]
    public void Every_method_of_a_grain_returns_something_awaitable() =>
        Methods()
            .Where(method => !IsAwaitable(method.ReturnType))
            .Select(method => $"{method.DeclaringType!.Name}.{method.Name} returns {method.ReturnType.Name}")
            .MustBeNone("A grain method returns Task, Task<T>, ValueTask or ValueTask<T>:");

    [Fact]
    public void Every_grain_interface_and_method_has_a_stable_name() =>
        Interfaces().Where(type => type.GetCustomAttribute<AliasAttribute>() is null).Select(type => type.Name)
            .Concat(Methods().Where(method => method.GetCustomAttribute<AliasAttribute>() is null).Select(method => $"{method.DeclaringType!.Name}.{method.Name}"))
            .MustBeNone("These lack [Alias]:");

    [Fact]
    public void Every_message_is_annotated_and_immutable() =>
        Messages().Concat(Saved())
            .SelectMany(type => Missing(type).Select(what => $"{type.FullName} lacks {what}"))
            .MustBeNone("Real Orleans refuses to start with these:");

    [Fact]
    public void Aliases_are_unique() =>
        Messages().Concat(Saved()).Concat(Interfaces()).Distinct()
            .GroupBy(type => type.GetCustomAttribute<AliasAttribute>()?.Alias)
            .Where(group => group.Key is not null && group.Count() > 1)
            .Select(group => $"{group.Key}: {string.Join(", ", group.Select(type => type.FullName))}")
            .MustBeNone("Two types share a wire name:");

    [Fact]
    public void Saved_state_numbers_every_member_once_and_without_gaps() =>
        Saved().Where(type => !type.IsEnum && type.Assembly == Grains)
            .SelectMany(type =>
            {
                var members = Members(type).ToList();
                var ids = members.Select(member => Id(type, member)).ToList();
                return members.Where(member => Id(type, member) is null).Select(member => $"{type.Name}.{member.Name} has no [Id]")
                    .Concat(ids.OfType<uint>().GroupBy(id => id).Where(group => group.Count() > 1).Select(group => $"{type.Name} uses Id {group.Key} twice"));
            })
            .MustBeNone("Saved state needs explicit, unique ids:");

    [Fact]
    public void Nothing_saved_is_also_sent_to_clients() =>
        Saved().Where(type => type.Assembly == Contracts && !type.IsValueType && !type.IsEnum).Select(type => type.FullName!)
            .MustBeNone("Changing a button must not migrate a database; ids and enums may be shared:");

    [Fact]
    public void State_names_are_unique_and_unlike_each_other() =>
        StateParameters()
            .GroupBy(parameter => (string)parameter.GetCustomAttributesData()
                .First(attribute => attribute.AttributeType.Name == "PersistentStateAttribute").ConstructorArguments[0].Value!)
            .Where(group => group.Count() > 1)
            .Select(group => $"{group.Key}: {string.Join(", ", group.Select(parameter => parameter.Member.DeclaringType!.Name))}")
            .MustBeNone("The row's key does not contain the grain's class:");

    [Fact]
    public void There_are_grains_to_look_at()
    {
        Assert.NotEmpty(Interfaces());
        Assert.NotEmpty(Saved());
    }

    private static IEnumerable<Type> Interfaces() =>
        Contracts.GetTypes().Where(type => type.IsInterface && typeof(IAddressable).IsAssignableFrom(type));

    private static IEnumerable<MethodInfo> Methods() => Interfaces().SelectMany(type => type.GetMethods());

    private static HashSet<Type> Messages() =>
        Reach(Methods().SelectMany(method => method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType)));

    private static HashSet<Type> Saved() =>
        Reach(StateParameters().Select(parameter => parameter.ParameterType.GetGenericArguments()[0]));

    private static IEnumerable<ParameterInfo> StateParameters() =>
        Grains.GetTypes().Where(type => typeof(Grain).IsAssignableFrom(type))
            .SelectMany(type => type.GetConstructors(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance))
            .SelectMany(constructor => constructor.GetParameters())
            .Where(parameter => parameter.ParameterType.IsGenericType && parameter.ParameterType.Name.StartsWith("IPersistentState", StringComparison.Ordinal));

    /// <summary>All types of ours that a value of these types can contain.</summary>
    private static HashSet<Type> Reach(IEnumerable<Type> roots)
    {
        var seen = new HashSet<Type>();
        var open = new Queue<Type>(roots);
        while (open.TryDequeue(out var type))
        {
            foreach (var inner in type.GetGenericArguments()) { open.Enqueue(inner); }

            if (type.IsArray) { open.Enqueue(type.GetElementType()!); }

            var mine = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
            if ((mine.Assembly != Contracts && mine.Assembly != Grains) || typeof(IAddressable).IsAssignableFrom(mine) || mine.IsGenericParameter || !seen.Add(mine)) { continue; }

            foreach (var member in Members(type)) { open.Enqueue(member.PropertyType); }

            foreach (var derived in mine.Assembly.GetTypes().Where(other => other.BaseType == mine)) { open.Enqueue(derived); }
        }

        return seen;
    }

    private static IEnumerable<string> Missing(Type type)
    {
        if (type.GetCustomAttribute<GenerateSerializerAttribute>(false) is null) { yield return "[GenerateSerializer]"; }

        if (type.GetCustomAttribute<AliasAttribute>(false) is null) { yield return "[Alias]"; }

        if (!type.IsEnum && type.GetCustomAttribute<ImmutableAttribute>(false) is null) { yield return "[Immutable]"; }
    }

    // What is serialized: properties with a backing field.
    private static IEnumerable<PropertyInfo> Members(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(property => type.GetField($"<{property.Name}>k__BackingField", BindingFlags.NonPublic | BindingFlags.Instance) is not null);

    private static uint? Id(Type type, PropertyInfo member) =>
        member.GetCustomAttribute<IdAttribute>()?.Id
        ?? type.GetConstructors().SelectMany(constructor => constructor.GetParameters())
            .FirstOrDefault(parameter => parameter.Name == member.Name)?.GetCustomAttribute<IdAttribute>()?.Id;

    private static bool IsAwaitable(Type type) =>
        type == typeof(Task) || type == typeof(ValueTask)
        || (type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(Task<>) || type.GetGenericTypeDefinition() == typeof(ValueTask<>)));
}
