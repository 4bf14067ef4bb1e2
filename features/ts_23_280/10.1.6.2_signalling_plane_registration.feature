@clause:10.1.6.2
Feature: 10.1.6.2 Signalling plane registration
  An MC service UE of the primary MC system registers with the SIP core of a partner MC system. The partner's migration
  management server knows by its binding whose identities these are, and gets the authentication information from the
  primary over CSC-18 (TS 23.280 10.1.6.2).

  Background:
    Given the primary and the partner MC system
    And alice's UE, which may migrate to the partner MC system

  Rule: The flow of figure 10.1.6.2-1

    @SPR-1 @SPR-2 @SPR-3 @SPR-4 @SPR-5 @SPR-6 @SPR-7 @SPR-8 @SPR-9 @SPR-10 @SPR-11 @SPR-PRE-1 @SPR-PRE-2 @positive
    Scenario: A UE registers in the partner MC system
      When alice's UE registers with the SIP core of the partner MC system
      Then the registration request carries the partner identities and not the ISIM defaults
      And the partner's SIP core asks its migration management server for authentication information of the partner identities
      And the partner's migration management server asks the primary's over CSC-18 for the primary identities
      And the request on CSC-18 carries no partner identity
      And the primary's migration management server asks the primary's SIP database for the primary identities
      And the primary's SIP database answers with the primary identities and an authentication vector
      And the primary's migration management server passes identities and vector to the partner's over CSC-18
      And the partner's migration management server answers the SIP core with the partner identities and the vector unchanged
      And the SIP core challenges the UE with that vector and the UE answers it
      And the registration response says that the authentication is successful
      And the UE is registered

    @SPR-1 @negative
    Scenario: A UE that is registered at home keeps the two sets of identities apart
      Given alice's UE is registered in the primary MC system
      When alice's UE registers with the SIP core of the partner MC system
      Then the registration request carries the partner identities and not the ISIM defaults
      And no partner identity was sent to the primary's SIP core
      And the UE is registered

    @SPR-PRE-1 @SPR-1 @negative
    Scenario: A UE without connectivity information sends nothing to the partner
      Given alice's UE holds no connectivity information for the partner MC system
      When alice's UE registers with the SIP core of the partner MC system
      Then the user is told that the UE has no connectivity information
      And the UE sent nothing to the partner MC system

    @SPR-1 @SPR-11 @negative
    Scenario: The ISIM's default identities are refused at the partner
      Given alice's UE takes the ISIM's default identities for the partner MC system
      When alice's UE registers with the SIP core of the partner MC system
      Then the UE is refused with 403
      And nothing crosses CSC-18
      And no binding remains in the partner MC system

    @SPR-2 @negative
    Scenario: A user who is at home in the partner MC system is authenticated there
      Given yann's UE, which is at home in the partner MC system
      When yann's UE registers with the SIP core of the partner MC system
      Then the UE is registered
      And nothing crosses CSC-18

    @SPR-3 @SPR-4 @negative
    Scenario: Two UEs of different primary MC systems are asked for at their own
      Given the third MC system
      And bob's UE of the third MC system, which may migrate to the partner MC system
      When alice's UE and bob's UE register with the SIP core of the partner MC system at the same time
      Then both UEs are registered
      And the identities of alice's UE were sent to the primary MC system only
      And the identities of bob's UE were sent to the third MC system only

    @SPR-9 @SPR-4 @negative
    Scenario: Identities do not leak where they are not known
      When alice's UE registers with the SIP core of the partner MC system
      Then the UE is registered
      And no partner identity was sent to the primary MC system
      And no primary identity was sent to the partner's SIP core or to the UE

  Rule: Identities that the partner does not know or that do not belong together

    @SPR-PRE-2 @SPR-3 @negative
    Scenario: An identity that the partner MC system does not know is refused
      Given the partner MC system does not know the partner identities of alice's UE
      When alice's UE registers with the SIP core of the partner MC system
      Then the UE is refused with 403
      And nothing crosses CSC-18
      And no binding remains in the partner MC system

    @SPR-PRE-2 @MMS-2 @negative
    Scenario: An identity without a mapping is refused by the migration management server
      Given the partner's migration management server has no mapping for the partner identities of alice's UE
      When alice's UE registers with the SIP core of the partner MC system
      Then the partner's SIP core is told that the user is unknown
      And the UE is refused with 403
      And nothing crosses CSC-18
      And no binding remains in the partner MC system

    @SPR-PRE-2 @SPR-8 @negative
    Scenario Outline: A pair of identities that does not match is refused
      Given alice's UE takes <private> as private and <public> as public identity
      When alice's UE registers with the SIP core of the partner MC system
      Then the UE is refused with 403
      And nothing crosses CSC-18

      Examples:
        | private                       | public                            |
        | in-0001@ims.partner.example   | sip:in-0002@ims.partner.example   |
        | in-0002@ims.partner.example   | sip:in-0001@ims.partner.example   |
        | in-0001@ims.partner.example   | sip:nobody@ims.partner.example    |
        | nobody@ims.partner.example    | sip:in-0001@ims.partner.example   |
        | mig-0001@ims.primary.example  | sip:mig-0001@ims.primary.example  |

    @MMS-2 @negative
    Scenario: A pair that the SIP database accepts is still checked against the binding
      Given the partner's SIP database holds the private identity of alice's UE with the public identity of another inbound UE
      When alice's UE registers with the SIP core of the partner MC system
      Then the partner's SIP core is told that the identities do not match
      And the UE is refused with 403
      And nothing crosses CSC-18

    @SPR-6 @SPR-7 @negative
    Scenario: The primary's SIP database does not know the identities
      Given the primary's SIP database does not know the primary identities of alice's UE
      When alice's UE registers with the SIP core of the partner MC system
      Then the primary's migration management server passes the refusal "user unknown" over CSC-18 and no vector
      And the UE is refused with 403
      And no binding remains in the partner MC system

    @SPR-7 @SPR-8 @SPR-9 @negative
    Scenario: An answer about another user is not passed on
      Given on the way from the primary's to the partner's migration management server the identities in the answer are changed
      When alice's UE registers with the SIP core of the partner MC system
      Then the partner's SIP core gets no authentication information
      And the UE is refused with 500
      And no binding remains in the partner MC system

  Rule: SIP authentication

    @SPR-10 @positive
    Scenario: A UE whose sequence number is ahead is resynchronised
      Given the ISIM of alice's UE has seen a later sequence number than the SIP database knows
      When alice's UE registers with the SIP core of the partner MC system
      Then the UE asks for resynchronisation
      And the resynchronisation reaches the primary's SIP database with the primary identities only
      And the SIP core challenges the UE a second time
      And the UE is registered

    @SPR-10 @SPR-11 @negative
    Scenario: A wrong response is refused and leaves no binding
      Given on the way from alice's UE to the partner's SIP core the answer to the challenge is changed
      When alice's UE registers with the SIP core of the partner MC system
      Then the UE is refused with 403
      And the partner's SIP database is told of an authentication failure
      And no binding remains in the partner MC system

    @SPR-10 @SPR-11 @negative
    Scenario: A UE with another key does not accept the challenge
      Given the ISIM of alice's UE holds another key than the primary's SIP database
      When alice's UE registers with the SIP core of the partner MC system
      Then the UE finds that the network is not genuine
      And no response to the challenge was sent
      And no binding remains in the partner MC system

    @SPR-10 @SPR-9 @negative
    Scenario: A vector that was changed between the systems is not accepted
      Given on the way from the primary's to the partner's migration management server the authentication token is changed
      When alice's UE registers with the SIP core of the partner MC system
      Then the UE finds that the network is not genuine
      And no binding remains in the partner MC system

    @SPR-10 @positive
    Scenario: The right answer to the open challenge is accepted
      Given alice's UE has been challenged by the partner's SIP core
      When the right answer is sent to the partner's SIP core
      Then the registration is granted
      And a binding exists in the partner MC system

    @SPR-10 @negative
    Scenario: An answer to an earlier challenge is not accepted
      Given alice's UE has been challenged by the partner's SIP core twice
      When the answer to the first challenge is sent to the partner's SIP core
      Then the SIP core challenges anew
      And no binding remains in the partner MC system

    @SPR-10 @negative
    Scenario: An answer that comes on another flow than the challenge went out on is not accepted
      Given alice's UE has been challenged by the partner's SIP core
      When the right answer is sent to the partner's SIP core from another address
      Then the SIP core challenges anew
      And no binding remains in the partner MC system

    @SPR-10 @negative
    Scenario: A challenge that is not answered in time is void
      Given alice's UE has been challenged by the partner's SIP core
      And 5 minutes have passed
      When the right answer is sent to the partner's SIP core
      Then the SIP core challenges anew
      And no binding remains in the partner MC system

    @SPR-6 @SPR-10 @negative
    Scenario: An authentication scheme that the SIP database does not support is refused
      Given on the way from the partner's to the primary's migration management server the authentication scheme is changed
      When alice's UE registers with the SIP core of the partner MC system
      Then the primary's migration management server passes the refusal "scheme not supported" over CSC-18 and no vector
      And the UE is refused with 403

    @SPR-10 @negative
    Scenario: The UE never sees the keys
      When alice's UE registers with the SIP core of the partner MC system
      Then the UE is registered
      And neither cipher key nor integrity key was sent to the UE

  Rule: The life of a binding

    @SPR-11 @positive
    Scenario: A registration is renewed
      Given alice's UE is registered in the partner MC system
      When alice's UE registers with the SIP core of the partner MC system
      Then the UE is registered
      And a binding exists in the partner MC system

    @SPR-11 @negative
    Scenario: A UE that leaves has no binding any more
      Given alice's UE is registered in the partner MC system
      When alice's UE deregisters from the SIP core of the partner MC system
      Then the UE is no longer registered
      And no binding remains in the partner MC system

    @SPR-11 @negative
    Scenario: A binding that is not renewed ends by itself
      Given alice's UE is registered in the partner MC system for 10 minutes
      And alice's UE has gone without a word
      When 11 minutes pass
      Then the partner's SIP database is told that the registration timed out
      And no binding remains in the partner MC system

    @SPR-11 @positive
    Scenario: A UE that stays renews its binding by itself
      Given alice's UE is registered in the partner MC system for 10 minutes
      When 11 minutes pass
      Then the UE has renewed its registration
      And a binding exists in the partner MC system

    @SPR-10 @SPR-11 @negative
    Scenario: A failed attempt does not end the binding of before
      Given alice's UE is registered in the partner MC system
      When another UE tries to register with alice's partner identities and a wrong key
      Then that UE is not registered
      And a binding exists in the partner MC system

    @SPR-10 @SPR-11 @negative
    Scenario: Being challenged proves nothing
      Given alice's UE is registered in the partner MC system
      When another UE tries to register with alice's partner identities and no answer at all
      Then that UE is not registered
      And a binding exists in the partner MC system
