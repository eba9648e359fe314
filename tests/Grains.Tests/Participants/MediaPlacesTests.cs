using Calls.Contracts.MediaNodes;
using Calls.Grains.Participants;
using static Calls.Grains.Tests.Calls.TestCall;

namespace Calls.Grains.Tests.Participants;

public sealed class MediaPlacesTests
{
    private static readonly MediaPlace s_place = new(Node, Run);

    [Fact]
    public void The_place_of_a_session_that_is_over_is_known_for_ten_minutes_more_and_that_of_a_present_one_always()
    {
        var places = new MediaPlaces();
        places.IsAt(Session(1), s_place);
        places.IsAt(Session(2), s_place);

        places.Forget([Session(1)], Noon);
        places.Forget([Session(1)], Noon + MediaPlaces.KeptAfterEnd - TimeSpan.FromSeconds(1));
        Assert.Equal((s_place, s_place), (places.Find(Session(1)), places.Find(Session(2))));

        places.Forget([Session(1)], Noon + MediaPlaces.KeptAfterEnd);
        Assert.Equal((s_place, null), (places.Find(Session(1)), places.Find(Session(2))));
        Assert.False(places.IsEmpty);
    }
}
