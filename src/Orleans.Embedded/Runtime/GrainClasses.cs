using System.Collections.Concurrent;
using System.Reflection;
using Orleans.Runtime;

namespace Orleans.Embedded;

/// <summary>All grain classes of the program: those in loaded assemblies and in what these refer to.</summary>
internal sealed class GrainClasses
{
    private readonly Dictionary<string, GrainClass> _byName = [];
    private readonly ConcurrentDictionary<(Type, string?), GrainClass> _byInterface = new();

    public GrainClasses(IEnumerable<Type> types)
    {
        foreach (var type in types.Where(IsGrainClass))
        {
            var found = new GrainClass(type);
            if (!_byName.TryAdd(found.GrainType, found))
            {
                throw new OrleansConfigurationException(
                    $"{type} and {_byName[found.GrainType].Type} are both grains of the type '{found.GrainType}'.");
            }
        }
    }

    public IEnumerable<GrainClass> All => _byName.Values;

    /// <summary>The types of all assemblies that know grains.</summary>
    public static List<Type> TypesOfProgram()
    {
        var api = typeof(Grain).Assembly.GetName().Name;
        var seen = new Dictionary<string, Assembly>();
        var open = new Queue<Assembly>(AppDomain.CurrentDomain.GetAssemblies().Where(assembly => !assembly.IsDynamic));
        while (open.TryDequeue(out var assembly))
        {
            // What does not know the API cannot know one that does, unless the program loads it: then it is here already.
            if (assembly.GetReferencedAssemblies() is var references && references.All(name => name.Name != api)
                && assembly != Assembly.GetEntryAssembly())
            {
                continue;
            }

            if (!seen.TryAdd(assembly.FullName!, assembly)) { continue; }

            foreach (var name in references.Where(name => !seen.ContainsKey(name.FullName) && !IsPlatform(name)))
            {
                open.Enqueue(Assembly.Load(name));
            }
        }

        return [.. seen.Values.SelectMany(assembly => assembly.GetTypes())];
    }

    public GrainClass OfType(string grainType) => _byName.GetValueOrDefault(grainType)
        ?? throw new ArgumentException($"There is no grain of the type '{grainType}'.");

    public GrainClass Implementing(Type face, string? classPrefix) =>
        _byInterface.GetOrAdd((face, classPrefix), key => Search(key.Item1, key.Item2));

    private static bool IsPlatform(AssemblyName name) =>
        name.Name!.StartsWith("System.", StringComparison.Ordinal) || name.Name.StartsWith("Microsoft.", StringComparison.Ordinal);

    private static bool IsGrainClass(Type type) =>
        type is { IsClass: true, IsAbstract: false, ContainsGenericParameters: false }
        && typeof(IGrainBase).IsAssignableFrom(type);

    private GrainClass Search(Type face, string? classPrefix)
    {
        var found = All
            .Where(candidate => candidate.Interfaces.Contains(face))
            .Where(candidate => classPrefix is null || candidate.Type.FullName!.StartsWith(classPrefix, StringComparison.Ordinal))
            .ToList();
        return found.Count switch
        {
            1 => found[0],
            0 => throw new ArgumentException($"Could not find an implementation for interface {face}."),
            _ => throw new ArgumentException(
                $"{face} has more than one implementation: {string.Join(", ", found.Select(candidate => candidate.Type))}."),
        };
    }
}
