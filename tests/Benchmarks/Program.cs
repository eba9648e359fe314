return await Calls.Benchmarks.BenchmarkCatalogue.Run(args);
