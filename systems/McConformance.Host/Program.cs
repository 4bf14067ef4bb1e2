using McConformance.Host;

return await new Command(Console.Out, Console.Error).RunAsync(args);
