namespace Orleans.Runtime
{
    /// <summary>Anything a grain call can be addressed to.</summary>
    public interface IAddressable;

    /// <summary>The name of a grain class in a <see cref="GrainId"/>.</summary>
    public readonly record struct GrainType
    {
        private readonly string? _value;

        private GrainType(string value) => _value = value;

        /// <summary>A grain type of this name.</summary>
        public static GrainType Create(string value) => new(value);

        /// <inheritdoc/>
        public override string ToString() => _value ?? string.Empty;
    }

    /// <summary>The key of a grain in a <see cref="GrainId"/>.</summary>
    public readonly record struct IdSpan
    {
        private readonly string? _value;

        private IdSpan(string value) => _value = value;

        /// <summary>A key with this text.</summary>
        public static IdSpan Create(string id) => new(id);

        /// <inheritdoc/>
        public override string ToString() => _value ?? string.Empty;
    }

    /// <summary>The identity of a grain: its class and its key, written <c>type/key</c>.</summary>
    public readonly record struct GrainId(GrainType Type, IdSpan Key)
    {
        /// <summary>The identity of this class and key.</summary>
        public static GrainId Create(string type, string key) => new(GrainType.Create(type), IdSpan.Create(key));

        /// <inheritdoc/>
        public override string ToString() => $"{Type}/{Key}";
    }
}

namespace Orleans
{
    /// <summary>A grain.</summary>
    public interface IGrain : Runtime.IAddressable;

    /// <summary>A grain named by a string.</summary>
    public interface IGrainWithStringKey : IGrain;

    /// <summary>An object outside the grains that receives their news.</summary>
    public interface IGrainObserver : Runtime.IAddressable;
}
