namespace Calls.Grains;

/// <summary>How every grain saves what it decided.</summary>
internal static class SavedRecords
{
    /// <summary>Saves a state. When that fails, the activation goes: what it remembers was never saved, and the next one reads what is true.</summary>
    /// <param name="giveUp">Ends the activation.</param>
    public static async Task Save<T>(this IPersistentState<T> record, T state, Action giveUp)
    {
        record.State = state;
        try
        {
            await record.WriteStateAsync();
        }
        catch
        {
            giveUp();
            throw;
        }
    }
}
