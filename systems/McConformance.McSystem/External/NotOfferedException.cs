namespace McConformance.McSystem.External;

/// <summary>An external MC system cannot be made to do something: its operator port does not offer it. Says what. Nothing can be judged then.</summary>
public sealed class NotOfferedException(string message) : Exception(message);
