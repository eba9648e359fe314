using Calls.Contracts.Ids;
using Calls.Contracts.Workspace;

namespace Calls.Workspace.Tests;

public sealed class SignInsOnSqlite(SqliteFixture fixture) : SignInTests(fixture), IClassFixture<SqliteFixture>;

public sealed class SignInsOnPostgres(PostgresFixture fixture) : SignInTests(fixture), IClassFixture<PostgresFixture>;

/// <summary>How long a sign-in holds.</summary>
public abstract class SignInTests(WorkspaceFixture fixture)
{
    private const string OldPassword = "password-1";

    private IUsers Users => fixture.Workspace.Users;

    public static TheoryData<string?, bool?> Revocations => new() { { "password-2", null }, { null, true } };

    [Fact]
    public async Task A_sign_in_is_found_until_it_is_revoked_or_expires()
    {
        var (user, credential) = await SomebodyWhoSignsIn();
        await Keep("long", user, credential, TimeSpan.FromDays(1));
        await Keep("short", user, credential, TimeSpan.FromMinutes(1));

        Assert.Equal(user, (await fixture.Records.FindSignIn("long", default))!.User);
        fixture.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.Null(await fixture.Records.FindSignIn("short", default));
        Assert.Equal(["long"], (await fixture.Records.FindSignIns(["long", "short", "none"], default)).Select(signIn => signIn.TokenHash));
        await fixture.Records.RevokeSignIn("long", default);
        Assert.Null(await fixture.Records.FindSignIn("long", default));
    }

    [Theory]
    [MemberData(nameof(Revocations))]
    public async Task A_new_password_and_a_deactivation_revoke_every_sign_in_and_nobody_else_s(string? password, bool? deactivated)
    {
        var (user, credential) = await SomebodyWhoSignsIn();
        var (other, theirs) = await SomebodyWhoSignsIn();
        var name = user.Value;
        await Keep(name, user, credential, TimeSpan.FromDays(1));
        await Keep(other.Value, other, theirs, TimeSpan.FromDays(1));
        await Users.Change(user, new UserChange("Renamed"), default);
        Assert.NotNull(await fixture.Records.FindSignIn(name, default));

        await Users.Change(user, new UserChange(Deactivated: deactivated, Password: password), default);

        Assert.Null(await fixture.Records.FindSignIn(name, default));
        Assert.NotNull(await fixture.Records.FindSignIn(other.Value, default));
    }

    [Theory]
    [MemberData(nameof(Revocations))]
    public async Task Who_showed_the_old_password_before_the_change_is_not_signed_in_after_it(string? password, bool? deactivated)
    {
        var (user, credential) = await SomebodyWhoSignsIn();

        await Users.Change(user, new UserChange(Deactivated: deactivated, Password: password), default);

        Assert.False(await Keep("late", user, credential, TimeSpan.FromDays(1)));
        Assert.Null(await fixture.Records.FindSignIn("late", default));
    }

    private async Task<(UserId User, string Credential)> SomebodyWhoSignsIn()
    {
        var name = Guid.NewGuid().ToString("N");
        Assert.True((await Users.Create(new NewUser(name, "Somebody", UserRole.Member, OldPassword), default)).IsAccepted);
        var shown = (await Users.Authenticate(name, OldPassword, default))!;
        return (shown.User.Id, shown.Credential);
    }

    private Task<bool> Keep(string tokenHash, UserId user, string credential, TimeSpan lifetime)
    {
        var now = fixture.Time.GetUtcNow();
        return fixture.Records.AddSignIn(new SignIn(tokenHash, user, now, now + lifetime), credential, default);
    }
}
