[assembly: CollectionBehavior(MaxParallelThreads = 6)] // Tests mostly wait for the service.
