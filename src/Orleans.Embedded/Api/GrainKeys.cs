namespace Orleans.Runtime
{
    /// <summary>Anything a grain call can be addressed to.</summary>
    public interface IAddressable;
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

namespace Orleans.Hosting
{
    /// <summary>Where a silo's services and settings are collected.</summary>
    public interface ISiloBuilder;
}
