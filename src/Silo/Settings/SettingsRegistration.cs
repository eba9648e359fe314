using Calls.Gateway.Admin;

namespace Calls.Silo.Settings;

internal static class SettingsRegistration
{
    /// <summary>Lets settings be changed while the program runs. After every other layer of the configuration.</summary>
    public static void AddChangeableSettings(this WebApplicationBuilder builder)
    {
        var changed = new ChangedSettings();
        builder.Configuration.Sources.Add(changed);
        builder.Services.AddSingleton(changed);
        builder.Services.AddSingleton<SettingsRefresh>();
        builder.Services.AddHostedService(services => services.GetRequiredService<SettingsRefresh>());
        builder.Services.AddSingleton<ISettings, LiveSettings>();
    }
}
