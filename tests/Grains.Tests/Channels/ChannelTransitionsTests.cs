using Calls.Contracts.Calls;
using Calls.Contracts.Channels;
using Calls.Contracts.Workspace;
using Calls.Grains.Channels;
using Calls.Grains.Tests.Calls;

namespace Calls.Grains.Tests.Channels;

public sealed class ChannelTransitionsTests
{
    private static readonly ChannelStanding s_member = new(
        ChannelKind.Public, Archived: false, UserRole.Member, Deactivated: false, IsMember: true, MaySee: true, PeerDeactivated: false, PeerIsBot: false);

    [Fact]
    public void A_member_may_join_and_start_S12()
    {
        Assert.Null(ChannelTransitions.RefuseJoin(s_member));
        Assert.Null(ChannelTransitions.MayStart(s_member, new ChannelState(), StartPolicy.Everyone).Refusal);
    }

    [Fact]
    public void Others_learn_only_what_they_may_see_S12()
    {
        Assert.Equal(Refusal.NotAMember, ChannelTransitions.RefuseJoin(s_member with { IsMember = false }));
        Assert.Equal(Refusal.NotFound, ChannelTransitions.RefuseJoin(s_member with { IsMember = false, MaySee = false }));
        Assert.Equal(Refusal.NotFound, ChannelTransitions.RefuseJoin(null));
    }

    [Fact]
    public void An_archived_channel_says_so_to_its_members_alone_S13()
    {
        var archived = s_member with { Archived = true };

        Assert.Equal(Refusal.ChannelArchived, ChannelTransitions.RefuseJoin(archived));
        Assert.Equal(Refusal.NotAMember, ChannelTransitions.RefuseJoin(archived with { IsMember = false }));
    }

    [Fact]
    public void A_deactivated_user_enters_nothing_S18()
    {
        Assert.Equal(
            Refusal.UserDeactivated, ChannelTransitions.RefuseJoin(s_member with { Deactivated = true }));
    }

    [Theory]
    [InlineData(StartPolicy.Everyone, UserRole.Member, false, null)]
    [InlineData(StartPolicy.Everyone, UserRole.Guest, false, null)]
    [InlineData(StartPolicy.Everyone, UserRole.Admin, true, Refusal.CallsDisabled)]
    [InlineData(StartPolicy.Admins, UserRole.Member, false, Refusal.CallsTestMode)]
    [InlineData(StartPolicy.Admins, UserRole.Admin, false, null)]
    [InlineData(StartPolicy.Nobody, UserRole.Admin, false, Refusal.CallsDisabled)]
    public void Who_may_start_S8_S17_Sch(StartPolicy policy, UserRole role, bool off, Refusal? refusal)
    {
        var facts = s_member with { Role = role };

        Assert.Equal(refusal, ChannelTransitions.MayStart(facts, new ChannelState { CallsOff = off }, policy).Refusal);
    }

    [Fact]
    public void Nobody_calls_a_deactivated_peer_S25()
    {
        Assert.Equal(
            Refusal.UserDeactivated,
            ChannelTransitions.MayStart(s_member with { PeerDeactivated = true }, new ChannelState(), StartPolicy.Everyone).Refusal);
    }

    [Theory]
    [InlineData(UserRole.Member)]
    [InlineData(UserRole.Admin)]
    public void Nobody_calls_the_service_itself_and_is_told_why_S25(UserRole role)
    {
        var answer = ChannelTransitions.MayStart(
            s_member with { Kind = ChannelKind.Direct, Role = role, PeerIsBot = true }, new ChannelState(), StartPolicy.Everyone);

        Assert.Equal((Refusal.CallsDisabled, OpenCall.NobodyAnswers), (answer.Refusal, answer.Detail));
    }

    [Theory]
    [InlineData(ChannelKind.Public, true)]
    [InlineData(ChannelKind.Private, true)]
    [InlineData(ChannelKind.Group, false)]
    [InlineData(ChannelKind.Direct, false)]
    public void Sessions_start_muted_by_the_kind_of_channel_S27(ChannelKind kind, bool muted)
    {
        Assert.Equal(muted, Begin(kind).Pending!.StartsMuted);
    }

    [Fact]
    public void A_slot_is_freed_only_of_its_own_call()
    {
        var channel = ChannelTransitions.Finish(Begin(ChannelKind.Public));

        Assert.Same(channel, ChannelTransitions.Free(channel, TestCall.Id<Contracts.Ids.CallId>(2)));
        Assert.Null(ChannelTransitions.Free(channel, TestCall.Call).Call);
    }

    [Fact]
    public void A_title_is_one_line_on_a_card()
    {
        Assert.Null(ChannelTransitions.RefuseRequest(Wish(new string('x', OpenCall.TitleMax))));
        Assert.Equal(Refusal.Invalid, ChannelTransitions.RefuseRequest(Wish(new string('x', OpenCall.TitleMax + 1))));
    }

    private static ChannelState Begin(ChannelKind kind) =>
        ChannelTransitions.Begin(new ChannelState(), TestCall.Call, Wish("Standup"), kind, TestCall.Noon);

    private static OpenCall Wish(string title) => new(TestCall.Alice, title, ThreadId: null);
}
