using McConformance.RunTests;

Console.OutputEncoding = System.Text.Encoding.UTF8;
return new Command(Console.Out, Console.Error, Environment.CurrentDirectory).Run(args);
