using System.Runtime.CompilerServices;

// Every native call here takes blittable arguments; the runtime must not add marshalling of its own.
[assembly: DisableRuntimeMarshalling]
