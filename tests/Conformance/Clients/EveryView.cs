using Calls.Support;

namespace Calls.Conformance.Clients;

/// <summary>Everybody's view of a call is the same: what each was told adds up to what the service answers.</summary>
internal static class EveryView
{
    public static async Task<CallPicture> IsEqual(params IReadOnlyList<Seat> seats)
    {
        // Something may be under way (a check, a grace): two looks with the same number enclose a moment of rest.
        return await Eventually.Sees(
            "everybody's view to be the same",
            async () =>
            {
                var truth = CallPicture.Of(await seats[0].Sync());
                var views = seats.Select(seat => seat.Picture).ToList();
                var snapshots = await Task.WhenAll(seats.Select(seat => seat.Sync()));
                return new Views(truth, [.. views, .. snapshots.Select(CallPicture.Of)]);
            },
            views => views.All.All(view => view.Text == views.Truth.Text)) switch { var equal => equal.Truth };
    }

    private sealed record Views(CallPicture Truth, IReadOnlyList<CallPicture> All)
    {
        public override string ToString() => $"{Truth.Text} and {string.Join(" and ", All.Select(view => view.Text).Distinct())}";
    }
}
