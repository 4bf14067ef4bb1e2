using System.Text;
using McConformance.Wire.Sip.Codec;
using McConformance.Wire.Time;

namespace McConformance.Entities.SipCore;

/// <summary>Who is registered at this S-CSCF, and where (RFC 3261 10.3 steps 6 to 8). Runs under the S-CSCF's gate.</summary>
internal sealed class RegistrationStore(ServingCscfOptions options, TimerWheel wheel, Action<RegisteredUser> emptied)
{
    private readonly Dictionary<string, RegisteredUser> byPrivate = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RegisteredUser> byPublic = new(StringComparer.Ordinal);

    /// <summary>The user registered with a private identity, or null.</summary>
    public RegisteredUser? Find(ReadOnlySpan<byte> privateIdentity) => byPrivate.GetValueOrDefault(Encoding.UTF8.GetString(privateIdentity));

    /// <summary>The contact to send a request for a public identity to: the one bound last.</summary>
    public ContactBinding? ContactOf(string publicIdentity) =>
        byPublic.TryGetValue(publicIdentity, out var user) ? user.Contacts.Values.MaxBy(c => c.EndsAt) : null;

    /// <summary>What is wrong with the contacts of a REGISTER, as status and reason; 0 where nothing is.</summary>
    public (int Status, byte[] Reason) Check(SipMessage request)
    {
        var count = 0;
        foreach (var value in request.Values(SipHeader.Contact))
        {
            count++;
            if (value.SequenceEqual("*"u8))
            {
                if (request.Count(SipHeader.Contact) > 1 || Expiry.OfRequest(request) != 0) return (400, "Bad Request"u8.ToArray());
                continue;
            }

            if (!NameAddress.TryRead(value, out _)) return (400, "Bad Request"u8.ToArray());
            var seconds = Expiry.OfContact(request, value);
            if (seconds > 0 && seconds < options.ExpiresMin.TotalSeconds) return (423, "Interval Too Brief"u8.ToArray());
        }

        return count > options.ContactsMax ? (403, "Forbidden"u8.ToArray()) : (0, []);
    }

    /// <summary>Binds, refreshes or takes away the contacts of a REGISTER that was authenticated.</summary>
    /// <returns>False where the request is older than what is bound (RFC 3261 10.3 step 7): nothing changed.</returns>
    public bool Apply(SipMessage request, RegisterIdentities identities, ReadOnlySpan<byte> profile)
    {
        var user = Find(identities.Private) ?? new RegisteredUser(identities);
        var callId = request.TryGet(SipHeader.CallId, out var id) ? Encoding.UTF8.GetString(id) : "";
        var cseq = request.TryGet(SipHeader.CSeq, out var text) && CSeqValue.TryRead(text, out var value) ? value.Number : 0;
        foreach (var bound in user.Contacts.Values)
            if (bound.CallId == callId && bound.CSeq >= cseq) return false;

        if (!profile.IsEmpty || user.AssociatedIdentities.Count == 0) user.TakeProfile(profile);
        foreach (var contact in request.Values(SipHeader.Contact))
        {
            if (contact.SequenceEqual("*"u8)) Clear(user);
            else ApplyContact(request, user, contact, callId, cseq);
        }

        Settle(user);
        return true;
    }

    /// <summary>Takes every binding of a user away.</summary>
    public void Remove(RegisteredUser user)
    {
        Clear(user);
        Settle(user);
    }

    /// <summary>Ends all timers.</summary>
    public void Stop()
    {
        foreach (var user in byPrivate.Values) Clear(user);
    }

    /// <summary>Seconds that a binding still lasts, rounded up.</summary>
    public int SecondsLeft(ContactBinding binding)
    {
        var clock = wheel.Clock;
        var left = clock.GetElapsedTime(clock.GetTimestamp(), binding.EndsAt);
        return Math.Max(0, (int)Math.Ceiling(left.TotalSeconds));
    }

    private void ApplyContact(SipMessage request, RegisteredUser user, ReadOnlySpan<byte> contact, string callId, uint cseq)
    {
        NameAddress.TryRead(contact, out var address);
        var uri = Encoding.UTF8.GetString(address.Uri);
        var seconds = Math.Min(Expiry.OfContact(request, contact), (int)options.ExpiresMax.TotalSeconds);
        if (!user.Contacts.TryGetValue(uri, out var binding))
        {
            if (seconds == 0) return;
            user.Contacts[uri] = binding = new ContactBinding(user, uri, Expire);
        }

        if (seconds == 0)
        {
            Unbind(binding);
            return;
        }

        binding.Value = ContactWithoutExpires(contact);
        (binding.CallId, binding.CSeq) = (callId, cseq);
        var path = new List<byte[]>();
        foreach (var hop in request.Values(SipHeader.Path)) path.Add(hop.ToArray());
        binding.Path = [.. path];
        binding.EndsAt = wheel.Clock.GetTimestamp() + (long)(seconds * (double)wheel.Clock.TimestampFrequency);
        wheel.Schedule(binding, TimeSpan.FromSeconds(seconds));
    }

    private static byte[] ContactWithoutExpires(ReadOnlySpan<byte> contact)
    {
        var draft = SipDraft.Rent();
        draft.Line(SipHeader.Contact).PutWithoutParameter(contact, "expires"u8);
        var line = draft.Written;
        var value = line[(line.IndexOf((byte)':') + 1)..].Trim((byte)' ').ToArray();
        SipDraft.Return(draft);
        return value;
    }

    private void Expire(ContactBinding binding)
    {
        lock (options.Endpoint.Gate)
        {
            if (binding.IsScheduled || !binding.User.Contacts.ContainsValue(binding)) return;
            Unbind(binding);
            if (binding.User.Contacts.Count > 0) return;
            Settle(binding.User);
            emptied(binding.User);
        }
    }

    private void Unbind(ContactBinding binding)
    {
        wheel.Cancel(binding);
        binding.User.Contacts.Remove(binding.Uri);
    }

    private void Clear(RegisteredUser user)
    {
        foreach (var binding in user.Contacts.Values.ToArray()) Unbind(binding);
    }

    private void Settle(RegisteredUser user)
    {
        var key = Encoding.UTF8.GetString(user.Identities.Private);
        if (user.Contacts.Count > 0)
        {
            byPrivate[key] = user;
            foreach (var identity in user.AssociatedIdentities) byPublic[identity] = user;
            return;
        }

        byPrivate.Remove(key);
        foreach (var identity in user.AssociatedIdentities) byPublic.Remove(identity);
    }
}
