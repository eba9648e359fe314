using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Calls.Workspace.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class CountCalls : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "Day",
                table: "Calls",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<long>(
                name: "DurationMs",
                table: "Calls",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<int>(
                name: "Kind",
                table: "Calls",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "ParticipantCount",
                table: "Calls",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateIndex(
                name: "IX_Calls_Day",
                table: "Calls",
                column: "Day");

            // Calls that ended before: 864,000,000,000 ticks are a day, 10,000 a millisecond.
            migrationBuilder.Sql("""
                UPDATE "Calls" SET
                    "Day" = "StartedAt" / 864000000000,
                    "DurationMs" = ("EndedAt" - "StartedAt") / 10000,
                    "ParticipantCount" = CASE WHEN "Participants" = '' THEN 0
                        ELSE length("Participants") - length(replace("Participants", ',', '')) + 1 END,
                    "Kind" = (SELECT "Kind" FROM "Channels" WHERE "Channels"."Id" = "Calls"."ChannelId")
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Calls_Day",
                table: "Calls");

            migrationBuilder.DropColumn(
                name: "Day",
                table: "Calls");

            migrationBuilder.DropColumn(
                name: "DurationMs",
                table: "Calls");

            migrationBuilder.DropColumn(
                name: "Kind",
                table: "Calls");

            migrationBuilder.DropColumn(
                name: "ParticipantCount",
                table: "Calls");
        }
    }
}
