using System.Reflection;
using Orleans.Runtime;

namespace Orleans.Embedded;

/// <summary>Makes references: proxies that carry an identity.</summary>
internal sealed class GrainReferences(Silo silo)
{
    public object Make(Type interfaceType, GrainId id)
    {
        var proxy = DispatchProxy.Create(interfaceType, typeof(GrainReference));
        ((GrainReference)proxy).Bind(silo, id);
        return proxy;
    }
}

/// <inheritdoc cref="IGrainFactory"/>
internal sealed class GrainFactory(Silo silo) : IClusterClient
{
    public IServiceProvider ServiceProvider => silo.Services;

    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(primaryKey);
        var type = silo.Classes.Implementing(typeof(TGrainInterface), grainClassNamePrefix).GrainType;
        return (TGrainInterface)silo.References.Make(typeof(TGrainInterface), GrainId.Create(type, primaryKey));
    }

    public TGrainInterface GetGrain<TGrainInterface>(GrainId grainId)
        where TGrainInterface : IAddressable => (TGrainInterface)silo.References.Make(typeof(TGrainInterface), grainId);

    public TGrainObserverInterface CreateObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver
    {
        ArgumentNullException.ThrowIfNull(obj);
        if (obj is GrainReference or Grain)
        {
            throw new ArgumentException("A grain is referred to by AsReference, not by an object reference.", nameof(obj));
        }

        return (TGrainObserverInterface)silo.References.Make(typeof(TGrainObserverInterface), silo.Observers.Add(obj));
    }

    public void DeleteObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver
    {
        if (obj is not GrainReference reference)
        {
            throw new ArgumentException("Pass the reference that was created, not the object.", nameof(obj));
        }

        silo.Observers.Remove(reference.GrainId);
    }
}
