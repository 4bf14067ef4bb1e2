@clause:5.2.10 @needs:offlineMigration
Feature: 5.2.10 Offline migration
  A user migrates while the partner cannot reach the user's primary MC system. The user has obtained a credential from the
  primary beforehand, which the partner judges by keys that it holds. There is service for a limited time, by a restricted
  profile, until the primary can be asked (TR 23.781 5.2.10, TS 23.280 10.1.1.2; OWN MIG-OFF-3).

  Background:
    Given the primary and the partner MC system with their application planes
    And alice, who may migrate to the partner MC system
    And alice may migrate while the primary MC system cannot be reached, for 30 minutes at most

  Rule: Service without the primary

    @KI-2.10 @KI-2.2 @positive
    Scenario: A user migrates while the primary is cut off
      Given the partner's SIP database can authenticate alice's UE by itself
      And alice is ready to migrate offline
      And the primary MC system is cut off
      When alice authenticates to the partner
      And alice registers at the partner's SIP core
      And alice obtains the partner's profile
      And alice requests migration service authorization
      Then alice is served without verification, for 30 minutes at most
      And alice uses the restricted profile of the partner
      And alice still has service in the partner MC system

    @KI-2.10 @positive
    Scenario: The primary is cut off while a user migrates
      Given alice is ready to migrate offline
      And alice authenticates to the partner
      And alice registers at the partner's SIP core
      And alice obtains the partner's profile
      When the primary MC system is cut off
      And alice requests migration service authorization
      Then alice is refused with 504 because of primary-unreachable
      When alice authenticates to the partner
      And alice obtains the partner's profile
      And alice requests migration service authorization
      Then alice is served without verification, for 30 minutes at most
      And alice uses the restricted profile of the partner

    @KI-2.10 @positive
    Scenario: With the credential and the primary in reach the migration is an ordinary one
      Given the partner's SIP database can authenticate alice's UE by itself
      And alice is ready to migrate offline
      And the primary MC system is cut off
      And alice authenticates to the partner
      And alice registers at the partner's SIP core
      And alice obtains the partner's profile
      When the primary MC system can be reached again
      And alice requests migration service authorization
      Then alice is told that migration and service authorization succeeded
      And alice uses the ordinary profile of the partner

    @KI-2.10 @negative
    Scenario: A UE that only the primary can authenticate does not get as far
      Given alice is ready to migrate offline
      And the primary MC system is cut off
      When alice authenticates to the partner
      And alice registers at the partner's SIP core
      Then alice does not succeed, because signalling plane registration failed (KI-2.10)

    @KI-2.10 @negative
    Scenario: Asking again gives no more time
      Given the partner's SIP database can authenticate alice's UE by itself
      And alice has service in the partner MC system without verification
      When 20 minutes pass
      And alice requests migration service authorization
      Then alice is served without verification, for 10 minutes at most

  Rule: Verification, when the primary can be reached

    @KI-2.10 @KI-2.5 @positive
    Scenario: The primary verifies the migration
      Given the partner's SIP database can authenticate alice's UE by itself
      And alice has service in the partner MC system without verification
      When the primary MC system can be reached again
      And 2 minutes pass
      Then the partner has asked the primary since when it serves alice
      And alice is told that the primary has verified the migration
      And alice uses the ordinary profile of the partner
      And the primary has recorded that the partner serves alice

    @KI-2.10 @negative
    Scenario: The primary refuses to verify the migration
      Given the partner's SIP database can authenticate alice's UE by itself
      And alice has service in the partner MC system without verification
      And the primary's administrator withdraws alice's permission to migrate
      When the primary MC system can be reached again
      And 2 minutes pass
      Then alice is told that service has ended because of migration-not-permitted
      And alice has no service in the partner MC system any more
      And the primary has recorded nothing of alice

    @KI-2.10 @negative
    Scenario: What the primary has refused is not served when it is cut off again
      Given the partner's SIP database can authenticate alice's UE by itself
      And alice has service in the partner MC system without verification
      And the primary's administrator withdraws alice's permission to migrate
      And the primary MC system can be reached again
      And 2 minutes have passed
      When the primary MC system is cut off
      And alice requests migration service authorization
      Then alice is refused with 403 because of not-verified

    @KI-2.10 @positive
    Scenario: The primary is cut off once more before it answers
      Given the partner's SIP database can authenticate alice's UE by itself
      And the migration response is lost once on the way from the primary's gateway server to the partner's gateway server
      And alice has service in the partner MC system without verification
      And the primary MC system can be reached again
      And 1 minutes have passed
      When the primary MC system is cut off
      And 5 minutes pass
      Then alice is served without verification, for 25 minutes at most
      When the primary MC system can be reached again
      And 4 minutes pass
      Then alice is told that the primary has verified the migration
      And the primary has recorded that the partner serves alice

    @KI-2.10 @negative
    Scenario: Nobody is served without verification for longer than agreed
      Given the partner's SIP database can authenticate alice's UE by itself
      And alice has service in the partner MC system without verification
      When 31 minutes pass
      Then alice is told that service has ended because of not-verified
      And alice has no service in the partner MC system any more
      When alice requests migration service authorization
      Then alice is refused with 403 because of not-verified

  Rule: The credential

    @KI-2.10 @KI-2.2 @negative
    Scenario: A credential that has expired is refused
      Given alice is ready to migrate offline
      And 45 minutes have passed
      And the primary MC system is cut off
      When alice authenticates to the partner
      Then alice does not succeed, because partner: invalid_grant (KI-2.10)

    @KI-2.10 @KI-2.2 @negative
    Scenario: A credential is good for once
      Given alice is ready to migrate offline
      And the primary MC system is cut off
      And alice authenticates to the partner
      When alice authenticates to the partner
      Then alice does not succeed, because partner: invalid_grant (KI-2.10)

    @KI-2.10 @KI-2.2 @negative
    Scenario: A credential whose signature the partner cannot know is refused
      Given the primary MC system is cut off from the partner
      And the primary's administrator has changed the key that signs tokens
      And alice is ready to migrate offline
      And the primary MC system is cut off
      When alice authenticates to the partner
      Then alice does not succeed, because partner: invalid_grant (KI-2.10)

    @KI-2.10 @KI-2.2 @positive
    Scenario: The partner has learned the new key before the primary is cut off
      Given the primary's administrator has changed the key that signs tokens
      And alice is ready to migrate offline
      And 15 minutes have passed
      And the primary MC system is cut off
      When alice authenticates to the partner
      Then alice succeeds (KI-2.10)

    @KI-2.10 @negative
    Scenario: A credential that the primary has withdrawn is refused
      Given alice is ready to migrate offline
      And the primary's administrator withdraws alice's permission to migrate
      And 25 minutes have passed
      And the primary MC system is cut off
      When alice authenticates to the partner
      Then alice does not succeed, because partner: invalid_grant (KI-2.10)

    @KI-2.10 @negative
    Scenario: A user without permission obtains no credential
      Given as configured, alice may not migrate offline
      And alice signs in at home
      And alice obtains the primary's profile
      And alice chooses the partner MC system
      When alice obtains a credential for offline migration
      Then alice does not succeed, because primary: invalid_target (KI-2.10)

  Rule: The partner's policy

    @KI-2.10 @negative
    Scenario Outline: The partner takes no credential that is not agreed on: <policy>
      Given as configured, <policy>
      And alice is ready to migrate offline
      And the primary MC system is cut off
      When alice authenticates to the partner
      Then alice does not succeed, because partner: invalid_grant (KI-2.10)

      Examples:
        | policy                                                                                      |
        | the partner MC system takes no credentials for offline migration from the primary           |
        | the partner MC system takes credentials for offline migration that last ten minutes at most |

    @KI-2.10 @negative
    Scenario: A partner whose policy has it so serves nobody without verification
      Given as configured, the partner MC system serves nobody of the primary without verification
      And the partner's SIP database can authenticate alice's UE by itself
      And alice is in the partner MC system by the credential alone
      When alice requests migration service authorization
      Then alice is refused with 504 because of primary-unreachable
      And alice has no service in the partner MC system any more

  Rule: One MC system at a time

    @KI-2.10 @CFG-MIG-1 @negative
    Scenario: A user who is at home again by then is served at home only
      Given the partner's SIP database can authenticate alice's UE by itself
      And alice has service in the partner MC system without verification
      And the primary MC system is cut off from the partner
      When alice requests service authorization at home
      Then alice has service at home
      When the primary MC system can be reached again
      And 2 minutes pass
      Then alice is told that service has ended because of superseded
      And alice has no service in the partner MC system any more

    @KI-2.10 @CFG-MIG-1 @negative
    Scenario: Service at home from before ends when the migration is verified
      Given the partner's SIP database can authenticate alice's UE by itself
      And alice signs in at home
      And alice has service at home from before
      And alice has service in the partner MC system without verification
      When the primary MC system can be reached again
      And 2 minutes pass
      Then alice is told that the primary has verified the migration
      And alice has no service at home any more

    @KI-2.10 @KI-2.5 @negative
    Scenario: A user who leaves before the verification is not recorded
      Given the partner's SIP database can authenticate alice's UE by itself
      And alice has service in the partner MC system without verification
      And alice has ended service in the partner MC system
      When the primary MC system can be reached again
      And 2 minutes pass
      Then the primary has recorded nothing of alice

  Rule: Another MC system

    @KI-2.10 @KI-2.2 @negative
    Scenario: A credential for the partner is worth nothing in another MC system
      Given the third MC system, for which the same is agreed
      And alice is ready to migrate offline
      And the primary MC system is cut off
      When alice presents the credential in the third MC system
      Then alice does not succeed, because partner: invalid_grant (KI-2.10)
