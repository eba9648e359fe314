using Calls.Media.Datagrams;
using Calls.Media.Ice;
using Calls.Media.Peers;
using Calls.Media.Rooms;
using Calls.Media.Sdp;
using Calls.Media.Srtp;
using Calls.Media.Stun;
using Calls.Media.Tracks;

namespace Calls.Media.Simulation;

/// <summary>One room, its browsers and the network between them, in simulated time. One seed replays it exactly.</summary>
public sealed class RoomScenario
{
    private readonly Dictionary<TransportAddress, Peer> _peerByAddress = [];
    private readonly Dictionary<string, Peer> _peerByFragment = [];
    private readonly List<SimulatedBrowser> _browsers = [];
    private readonly Dictionary<string, Permissions> _permissions = [];
    private SimulatedOutput _output;

    public RoomScenario(int seed, int voiceSlots = 3, int sessionsMax = 1_000, SrtpProfile? profile = null, bool audioRed = false)
    {
        Network = new SimulatedNetwork(seed);
        Node = TransportAddress.FromIPv4(0x0A000001, 8443);
        Profile = profile ?? SrtpProfile.AeadAes128Gcm;
        var setup = new PeerSetup(0, IceCandidate.For([Node])) { Answers = new AnswerOptions { AudioRed = audioRed } };
        var seams = new PeerSeams(new ScriptedHandshake.Factory(Profile), new IntrinsicsEngine(), new SeededEntropy(seed));
        Room = new Room(new RoomSettings { VoiceSlots = voiceSlots, SessionsMax = sessionsMax }, seams, setup, Counters);
        Network.Attach(Node, Receive);
        _output = new SimulatedOutput(this);
    }

    public SimulatedNetwork Network { get; }

    public TransportAddress Node { get; }

    public Room Room { get; }

    /// <summary>The profile all handshakes agree on.</summary>
    public SrtpProfile Profile { get; }

    public MediaCounters Counters { get; } = new();

    /// <summary>What the room has said for the control plane, with the time.</summary>
    public List<(MonotonicTime At, RoomEvent News)> Events { get; } = [];

    public IReadOnlyList<SimulatedBrowser> Browsers => _browsers;

    public MonotonicTime Now => Network.Now;

    /// <summary>A browser joins: reserved, answered, and then it finds its way by itself.</summary>
    public SimulatedBrowser Join(bool muted = false, SimulatedOffer? offer = null, PeerKind kind = PeerKind.Participant)
    {
        var number = _browsers.Count + 1;
        var address = TransportAddress.FromIPv4(0x0A010000u + (uint)number, 40_000);
        var browser = new SimulatedBrowser(number, offer ?? new SimulatedOffer(), Network, Node, address, Profile);
        _browsers.Add(browser);
        Reserve(browser, generation: 1, muted, kind);
        browser.Apply(Offer(browser, 1, 1, browser.OfferText()).Sdp);
        return browser;
    }

    public RoomReply Reserve(SimulatedBrowser browser, int generation, bool muted, PeerKind kind = PeerKind.Participant)
    {
        var permissions = new Permissions(NextVersion(browser), true, false, muted);
        _permissions[browser.Session] = permissions;
        return Carry(new RoomCommand.Reserve(
            browser.Session, new Reservation(generation, kind, permissions, VoiceSlots.CountMax, TimeSpan.FromSeconds(30))));
    }

    public RoomReply.Answered Offer(SimulatedBrowser browser, int generation, int number, string sdp) =>
        (RoomReply.Answered)Carry(new RoomCommand.Answer(browser.Session, generation, number, sdp));

    public void Mute(SimulatedBrowser browser, bool muted)
    {
        var permissions = new Permissions(NextVersion(browser), true, false, muted);
        _permissions[browser.Session] = permissions;
        Carry(new RoomCommand.Permit(browser.Session, permissions));
    }

    public RoomReply Carry(RoomCommand command)
    {
        var reply = Room.Carry(command, Now, ref _output);
        Room.Tick(Now, ref _output);
        return reply;
    }

    /// <summary>The peer that a browser's datagrams reach.</summary>
    public Peer PeerOf(SimulatedBrowser browser) => _peerByAddress[browser.Address];

    /// <summary>A datagram reaches a peer from an address, whatever the loop's table says.</summary>
    public void Deliver(Peer peer, TransportAddress source, byte[] datagram) =>
        Room.Receive(peer, source, Node, datagram, Now, ref _output);

    /// <summary>A fault has happened while working on that peer.</summary>
    public void Fail(Peer peer) => Room.Fail(peer, Now, ref _output);

    public SessionStatistics Statistics(SimulatedBrowser browser) =>
        ((RoomReply.Statistics)Carry(new RoomCommand.ReadStatistics(browser.Session))).Session;

    public IEnumerable<TEvent> Said<TEvent>()
        where TEvent : RoomEvent => Events.Select(said => said.News).OfType<TEvent>();

    /// <summary>Lets time pass: datagrams arrive, browsers speak, the room does what is due.</summary>
    public void Run(TimeSpan duration)
    {
        var end = Now + duration;
        while (true)
        {
            var next = MonotonicTime.Earlier(Network.NextArrival, Room.NextDeadline);
            foreach (var browser in _browsers) { next = MonotonicTime.Earlier(next, browser.NextDeadline); }

            if (next > end) { break; }

            if (Network.NextArrival <= next) { Network.Deliver(); }
            else { Network.WaitUntil(next); }

            foreach (var browser in _browsers)
            {
                if (Now >= browser.NextDeadline) { browser.Tick(); }
            }

            if (Now >= Room.NextDeadline) { Room.Tick(Now, ref _output); }
        }

        Network.WaitUntil(end);
    }

    public void RunMilliseconds(int milliseconds) => Run(TimeSpan.FromMilliseconds(milliseconds));

    internal void Say(RoomEvent news)
    {
        switch (news)
        {
            case RoomEvent.FragmentOpened opened:
                _peerByFragment[opened.Fragment] = opened.Peer;
                break;
            case RoomEvent.FragmentClosed closed:
                _peerByFragment.Remove(closed.Fragment);
                break;
            case RoomEvent.AddressRetired retired:
                if (_peerByAddress.GetValueOrDefault(retired.Address) == retired.Peer) { _peerByAddress.Remove(retired.Address); }

                break;
            default:
                Events.Add((Now, news));
                break;
        }
    }

    private long NextVersion(SimulatedBrowser browser) => (_permissions.GetValueOrDefault(browser.Session)?.Version ?? 0) + 1;

    private void Receive(TransportAddress source, byte[] datagram)
    {
        var peer = DatagramKinds.Of(datagram) == DatagramKind.Stun && StunReader.TryRead(datagram, out var check)
            ? _peerByFragment.GetValueOrDefault(System.Text.Encoding.ASCII.GetString(check.LocalFragment))
            : _peerByAddress.GetValueOrDefault(source);
        if (peer is null) { return; }

        Room.Receive(peer, source, Node, datagram, Now, ref _output);
        if (peer.HasProven(source, Now)) { _peerByAddress[source] = peer; }
    }
}
