using Orleans.Embedded;
using Orleans.Runtime;

namespace Orleans
{
    /// <summary>What every grain class has.</summary>
    public interface IGrainBase
    {
        /// <summary>The activation this instance belongs to.</summary>
        IGrainContext GrainContext { get; }

        /// <summary>Runs after the saved states are loaded and before the first call.</summary>
        Task OnActivateAsync(CancellationToken token) => Task.CompletedTask;

        /// <summary>Runs after the last call. Not run when the process dies.</summary>
        Task OnDeactivateAsync(DeactivationReason reason, CancellationToken token) => Task.CompletedTask;
    }

    /// <summary>The usual base of a grain class.</summary>
    public abstract class Grain : IGrainBase, IAddressable
    {
        /// <summary>Made by the host, for the activation whose turn it is.</summary>
        protected Grain() => GrainContext = Activation.Current!;

        /// <inheritdoc/>
        public IGrainContext GrainContext { get; }

        /// <summary>A reference to this grain, which may be passed in calls.</summary>
        public GrainReference GrainReference => GrainContext.GrainReference;

        /// <summary>Makes references to other grains.</summary>
        /// <exception cref="InvalidOperationException">Used outside a turn of this grain.</exception>
        protected IGrainFactory GrainFactory => Activation.Require(this).Silo.GrainFactory;

        /// <summary>The services of this activation.</summary>
        protected internal IServiceProvider ServiceProvider => GrainContext.ActivationServices;

        /// <inheritdoc/>
        public virtual Task OnActivateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        /// <inheritdoc/>
        public virtual Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) =>
            Task.CompletedTask;

        /// <summary>Leaves memory once the running calls are done; waiting calls go to a new activation.</summary>
        protected void DeactivateOnIdle() => GrainBaseExtensions.DeactivateOnIdle(this);

        /// <summary>Stays in memory at least this long; zero takes it back, infinite pins it.</summary>
        protected void DelayDeactivation(TimeSpan timeSpan) => Activation.Require(this).DelayDeactivation(timeSpan);
    }

    /// <summary>Why an activation ends.</summary>
    public enum DeactivationReasonCode : byte
    {
        /// <summary>No reason.</summary>
        None = 0,

        /// <summary>The host stops.</summary>
        ShuttingDown = 1,

        /// <summary>Activation failed.</summary>
        ActivationFailed = 2,

        /// <summary>Nobody called for long enough.</summary>
        ActivationIdle = 4,

        /// <summary>A failure such as a storage conflict left the memory stale.</summary>
        ApplicationError = 8,

        /// <summary>The grain asked for it.</summary>
        ApplicationRequested = 9,

        /// <summary>The host's operator asked for it.</summary>
        RuntimeRequested = 11,
    }

    /// <summary>Why an activation ends, in words.</summary>
    /// <param name="ReasonCode">The kind of reason.</param>
    /// <param name="Description">The words.</param>
    /// <param name="Exception">The failure behind it, if one is.</param>
    public readonly record struct DeactivationReason(
        DeactivationReasonCode ReasonCode, string Description, Exception? Exception)
    {
        /// <summary>A reason without a failure.</summary>
        public DeactivationReason(DeactivationReasonCode code, string text)
            : this(code, text, null)
        {
        }
    }

    /// <summary>Identity and casts, on grains and on references to them.</summary>
    public static class GrainExtensions
    {
        /// <summary>The grain's identity.</summary>
        public static GrainId GetGrainId(this IAddressable grain) => grain switch
        {
            GrainReference reference => reference.GrainId,
            IGrainBase instance => instance.GrainContext.GrainId,
            _ => throw new ArgumentException($"{grain?.GetType()} is neither a grain nor a reference", nameof(grain)),
        };

        /// <summary>The grain's key.</summary>
        public static string GetPrimaryKeyString(this IAddressable grain) => grain.GetGrainId().Key.ToString();

        /// <summary>A reference to the same grain by another of its interfaces.</summary>
        public static TGrainInterface AsReference<TGrainInterface>(this IAddressable grain) => grain switch
        {
            GrainReference reference => (TGrainInterface)reference.Silo.References.Make(typeof(TGrainInterface), reference.GrainId),
            IGrainBase { GrainContext: Activation activation } =>
                (TGrainInterface)activation.Silo.References.Make(typeof(TGrainInterface), activation.GrainId),
            _ => throw new ArgumentException($"{grain?.GetType()} is neither a grain nor a reference", nameof(grain)),
        };
    }
}

namespace Orleans.Runtime
{
    /// <summary>One activation of a grain.</summary>
    public interface IGrainContext
    {
        /// <summary>The grain's identity.</summary>
        GrainId GrainId { get; }

        /// <summary>A reference to the grain.</summary>
        GrainReference GrainReference { get; }

        /// <summary>The grain's object; null until it is made.</summary>
        object? GrainInstance { get; }

        /// <summary>The services of this activation: a scope of its own.</summary>
        IServiceProvider ActivationServices { get; }

        /// <summary>Completes when the activation is gone.</summary>
        Task Deactivated { get; }

        /// <summary>Ends the activation once its running calls are done.</summary>
        void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default);
    }
}
