using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Calls.Workspace.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class DropUnusedIndex : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Calls_EndedAt",
                table: "Calls");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "IX_Calls_EndedAt",
                table: "Calls",
                column: "EndedAt");
        }
    }
}
