@clause:10.1.1.2
Feature: 10.1.1.2 Migration configuration
  The way of a user from the profile of the primary MC system to service in a partner MC system, in its order: choice of a
  partner that the profile lists, authentication, signalling plane migration, the partner's profile, groups, service
  authorization (TS 23.280 10.1.1.2).

  Background:
    Given the primary and the partner MC system with their application planes
    And alice, who may migrate to the partner MC system

  @CFG-MIG-1 @CFG-MIG-2 @CFG-MIG-4 @CFG-MIG-5 @CFG-MIG-6 @CFG-MIG-7 @CFG-MIG-8 @CFG-MIG-9 @CFG-MIG-10 @KI-2.1-a @KI-2.2
  @KI-2.1-c @walk-through @positive
  Scenario: The whole sequence
    Given the group joint-ops of the primary MC system with members of both
    And the partner's profile of alice lists the group joint-ops
    When alice signs in at home
    Then alice succeeds (KI-2.2)
    When alice obtains the primary's profile
    Then alice succeeds (CFG-MIG-2)
    When alice chooses the partner MC system
    Then alice succeeds (CFG-MIG-4)
    When alice authenticates to the partner
    Then alice succeeds (CFG-MIG-5)
    When alice registers at the partner's SIP core
    Then alice succeeds (CFG-MIG-6)
    When alice obtains the partner's profile
    Then alice uses the profile that the partner provides
    When the primary's administrator provides the group to the partner
    And alice obtains the groups of the partner's profile
    Then alice succeeds (CFG-MIG-9)
    When alice requests migration service authorization
    Then alice is told that migration and service authorization succeeded
    And alice's UE took the steps in their order

  @CFG-MIG-2 @positive
  Scenario: The primary's profile says which partners there are and how they are reached
    Given alice signs in at home
    When alice obtains the primary's profile
    Then the primary's profile lists the partner MC system with its access information

  @CFG-MIG-2 @negative
  Scenario: A profile without partners is of no use for migration
    Given as configured, alice's profile does not list the partner MC system
    And alice signs in at home
    When alice obtains the primary's profile
    Then the primary's profile lists no partner MC system
    When alice chooses the partner MC system
    Then alice does not succeed, because the profile does not list the partner (CFG-MIG-4)

  @CFG-MIG-10 @negative
  Scenario: A partner hears nothing before it is chosen
    Given alice signs in at home
    When alice obtains the primary's profile
    Then alice's UE has sent nothing to the partner MC system

  @CFG-MIG-6 @negative
  Scenario: A UE that the partner does not know is not served there
    Given the partner's migration management server has no mapping for the partner identities of alice's UE
    And alice signs in at home
    And alice obtains the primary's profile
    And alice chooses the partner MC system
    And alice authenticates to the partner
    When alice registers at the partner's SIP core
    Then alice does not succeed, because signalling plane registration failed (CFG-MIG-6)

  @CFG-MIG-4 @CFG-MIG-2 @negative
  Scenario: A partner that the profile does not list cannot be chosen
    Given alice signs in at home
    And alice obtains the primary's profile
    When alice chooses the third MC system
    Then alice does not succeed, because the profile does not list the partner (CFG-MIG-4)

  @CFG-MIG-5 @KI-2.2 @negative
  Scenario Outline: A user whom the partner cannot authenticate goes no further: <policy>
    Given as configured, <policy>
    And alice signs in at home
    And alice obtains the primary's profile
    And alice chooses the partner MC system
    When alice authenticates to the partner
    Then alice does not succeed, because <reason> (CFG-MIG-5)
    When alice registers at the partner's SIP core
    Then alice does not succeed, because comes first (CFG-MIG-10)

    Examples:
      | policy                                                     | reason                  |
      | alice has no identity in the partner MC system             | partner: invalid_grant  |
      | alice gets no security token for the partner MC system     | primary: invalid_target |
      | the partner MC system has no configuration for the primary | partner: invalid_grant  |

  @CFG-MIG-5 @KI-2.2 @negative
  Scenario: A user with a wrong password is not authenticated
    When alice signs in at home with a wrong password
    Then alice does not succeed, because 401 (KI-2.2)

  @CFG-MIG-10 @CFG-MIG-6 @CFG-MIG-7 @CFG-MIG-9 @negative
  Scenario Outline: The order is kept: "<step>" is not taken before its time
    Given alice signs in at home
    And alice obtains the primary's profile
    And alice chooses the partner MC system
    When alice <step>
    Then alice does not succeed, because comes first (CFG-MIG-10)

    Examples:
      | step                                         |
      | registers at the partner's SIP core          |
      | obtains the partner's profile                |
      | obtains the groups of the partner's profile  |

  @CFG-MIG-3 @positive
  Scenario: The primary's profile is kept for the next time
    When alice signs in at home
    And alice obtains the primary's profile
    And alice signs in at home
    And alice obtains the primary's profile
    Then alice succeeds (CFG-MIG-3)
    And the primary's profile was fetched once

  @CFG-MIG-3 @KI-2.4-b @negative
  Scenario: The next user of a shared UE sees nothing of the one before
    Given bob, who uses alice's UE
    And alice has done all that comes before service authorization
    When bob signs in at home
    And bob obtains the primary's profile
    Then bob succeeds (KI-2.4-b)
    And bob's profile was fetched by bob

  @KI-2.4-b @SOL2-13N @positive
  Scenario: The user who comes back finds the configuration of before
    Given bob, who uses alice's UE
    And alice has done all that comes before service authorization
    And bob signs in at home
    And bob obtains the primary's profile
    When alice signs in at home
    And alice obtains the primary's profile
    Then alice succeeds (KI-2.4-b)
    And the primary's profile was fetched once

  @CFG-MIG-7 @CFG-MIG-8 @KI-2.1-c @negative
  Scenario: The partner's profile is fetched from the partner, and the primary's is not used for it
    Given alice has done all that comes before service authorization
    When alice obtains the partner's profile
    Then alice uses the profile that the partner provides
    And the partner's profile came from the partner's configuration management server

  @CFG-MIG-9 @negative
  Scenario: A group that the partner does not have is not obtained from elsewhere
    Given the group joint-ops of the primary MC system with members of both
    And the partner's profile of alice lists the group joint-ops
    And alice has done all that comes before service authorization
    When alice obtains the groups of the partner's profile
    Then alice does not succeed, because 404 (CFG-MIG-9)

  @CFG-MIG-1 @CFG-MIG-6 @SOL2-13N @negative
  Scenario: Service in one MC system at a time
    Given alice has done all that comes before service authorization
    And alice has service in the partner MC system
    When alice requests service authorization at home
    Then alice has service at home
    And alice has no service in the partner MC system any more

  @CFG-MIG-12 @positive
  Scenario: The partner enforces the profile that it provides, and lets a user send data who may
    Given the service is MCData
    And zoe, a user of the partner MC system
    And zoe has service at home
    And alice has done all that comes before service authorization
    And alice has service in the partner MC system
    When alice sends short data from the partner to zoe, a user of the partner
    Then alice is told that it was delivered (CFG-MIG-12)

  @CFG-MIG-12 @negative
  Scenario: A migrated user does not send data that the partner's profile does not allow
    Given the service is MCData
    And the partner's profile does not allow alice to send data
    And zoe, a user of the partner MC system
    And zoe has service at home
    And alice has done all that comes before service authorization
    And alice has service in the partner MC system
    When alice sends short data from the partner to zoe, a user of the partner
    Then alice is told 403 and 200 user not authorised to transmit data of the short data (CFG-MIG-12)
    And no short data reaches zoe's UE (CFG-MIG-12)

  @CFG-MIG-11 @positive
  Scenario: The partner provides a changed profile during service
    Given max, who administers the partner MC system
    And max signs in at home
    And alice is served by the partner MC system
    And alice subscribes to changes of the partner's profile
    When max gives alice's profile in the partner the name night
    Then alice's UE is told of the change, and obtains the profile anew
    And alice uses the profile night in the partner

  @CFG-MIG-11 @negative
  Scenario: A change of another user's profile is told to nobody else
    Given bob, who may migrate to the partner MC system
    And max, who administers the partner MC system
    And max signs in at home
    And alice is served by the partner MC system
    And alice subscribes to changes of the partner's profile
    When max gives bob's profile in the partner the name night
    Then alice's UE is told of no change
    And alice uses the profile visitor in the partner

  @CFG-MIG-12 @negative
  Scenario: A migrated user makes no private calls that the partner's profile does not allow
    Given zoe, a user of the partner MC system
    And zoe has service at home
    And alice is served by the partner MC system
    When alice invites zoe, a user of the partner, to a private call from the partner
    Then alice is told that the profile allows no private calls (CFG-MIG-12)
    And zoe's UE is offered no call (CFG-MIG-12)
