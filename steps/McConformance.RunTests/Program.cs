using McConformance.RunTests;

Console.OutputEncoding = System.Text.Encoding.UTF8;
return await new Command(Console.Out, Console.Error, Environment.CurrentDirectory).RunAsync(args);
