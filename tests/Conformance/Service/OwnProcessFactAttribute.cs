namespace Calls.Conformance.Service;

/// <summary>A test that starts, kills or configures the program, and so cannot run against a service that it was given.</summary>
internal sealed class OwnProcessFactAttribute : FactAttribute
{
    public OwnProcessFactAttribute()
    {
        if (Services.IsGiven) { Skip = $"This row needs a process of its own; {Services.BaseUrl} is set."; }
    }
}
