namespace Orleans.Runtime
{
    /// <summary>A failure of the grain host rather than of a grain.</summary>
    [GenerateSerializer]
    public class OrleansException : Exception
    {
        /// <summary>A failure without further words.</summary>
        public OrleansException()
        {
        }

        /// <summary>A failure and what happened.</summary>
        public OrleansException(string message)
            : base(message)
        {
        }

        /// <summary>A failure, what happened and why.</summary>
        public OrleansException(string message, Exception? innerException)
            : base(message, innerException)
        {
        }
    }

    /// <summary>A call could not be delivered; it was not executed.</summary>
    [GenerateSerializer]
    public class OrleansMessageRejectionException : OrleansException
    {
        internal OrleansMessageRejectionException(string message)
            : base(message)
        {
        }

        internal OrleansMessageRejectionException(string message, Exception? innerException)
            : base(message, innerException)
        {
        }
    }

    /// <summary>The host is not running, or is stopping.</summary>
    [GenerateSerializer]
    public sealed class SiloUnavailableException : OrleansMessageRejectionException
    {
        /// <summary>The host is not running.</summary>
        public SiloUnavailableException()
            : base("The silo is not running.")
        {
        }

        /// <summary>The host is not running, in other words.</summary>
        public SiloUnavailableException(string msg)
            : base(msg)
        {
        }

        /// <summary>The host is not running, in other words and with the cause.</summary>
        public SiloUnavailableException(string message, Exception? innerException)
            : base(message, innerException)
        {
        }
    }

    /// <summary>The host was set up wrongly, or a grain breaks the rules of grains; it does not start.</summary>
    public sealed class OrleansConfigurationException : Exception
    {
        /// <summary>What is wrong.</summary>
        public OrleansConfigurationException(string message)
            : base(message)
        {
        }

        /// <summary>What is wrong and why.</summary>
        public OrleansConfigurationException(string message, Exception? innerException)
            : base(message, innerException)
        {
        }
    }
}

namespace Orleans.Storage
{
    /// <summary>A grain asks for a storage that was not set up.</summary>
    [GenerateSerializer]
    public sealed class BadProviderConfigException : Runtime.OrleansException
    {
        /// <summary>Which one.</summary>
        public BadProviderConfigException(string msg)
            : base(msg)
        {
        }
    }

    /// <summary>The record was changed by someone else since it was read. Nothing was written.</summary>
    [GenerateSerializer]
    public class InconsistentStateException : Runtime.OrleansException
    {
        /// <summary>A conflict between two versions.</summary>
        public InconsistentStateException(string message, string? storedEtag, string? currentEtag)
            : base(message)
        {
            StoredEtag = storedEtag;
            CurrentEtag = currentEtag;
        }

        /// <summary>The version in storage.</summary>
        public string? StoredEtag { get; }

        /// <summary>The version that the grain knew.</summary>
        public string? CurrentEtag { get; }
    }
}

namespace Orleans.Serialization
{
    /// <summary>A value has a type that cannot travel: it lacks <see cref="GenerateSerializerAttribute"/>.</summary>
    [GenerateSerializer]
    public sealed class CodecNotFoundException : Exception
    {
        /// <summary>Which type.</summary>
        public CodecNotFoundException(string message)
            : base(message)
        {
        }
    }
}
