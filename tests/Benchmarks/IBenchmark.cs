namespace Calls.Benchmarks;

/// <summary>One benchmark of this program: <c>benchmarks NAME [options]</c>. A class that implements this is found by itself.</summary>
public interface IBenchmark
{
    /// <summary>What it is called on the command line.</summary>
    string Name { get; }

    /// <summary>Measures and prints.</summary>
    Task Run(string[] options);
}
