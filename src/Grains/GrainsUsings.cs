global using System.Collections.Immutable;
global using Calls.Contracts.Calls;
global using Calls.Contracts.Ids;
global using Microsoft.Extensions.Logging;
