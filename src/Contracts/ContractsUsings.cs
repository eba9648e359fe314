global using System.Collections.Immutable;
global using Calls.Contracts.Ids;
global using Orleans.Concurrency;
