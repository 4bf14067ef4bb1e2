@clause:7.4.2.2.11
Feature: 7.4.2.2.11 Migration management server
  In the primary MC system it holds the sets of SIP identities a UE may migrate with, each towards certain partners. In a
  partner MC system it is the authority that binds the partner's identities to the primary's (TS 23.280 7.4.2.2.11).

  Background:
    Given the primary and the partner MC system
    And alice's UE, which may migrate to the partner MC system

  Rule: Sets of identities in the primary MC system

    @MMS-1 @needs:severalSets @positive
    Scenario: One UE has a set for each of two partners
      Given the third MC system
      And alice's UE may migrate to the third MC system with a second set of identities
      When alice's UE registers with the SIP core of the partner MC system
      And alice's UE registers with the SIP core of the third MC system
      Then alice's UE is registered in both
      And the partner MC system asked for the first set only
      And the third MC system asked for the second set only

    @MMS-1 @C18-1 @negative
    Scenario: A set is of no use to a partner it is not meant for
      Given the third MC system
      And the third MC system binds its identities of alice's UE to the set that is meant for the partner MC system
      When alice's UE registers with the SIP core of the third MC system
      Then the UE is refused with 403
      And the primary's SIP database was not asked
      And no binding remains in the third MC system

    @MMS-3 @needs:withdrawal @positive
    Scenario: Withdrawing the set for one partner ends migration there
      Given the primary MC system withdraws the set of alice's UE for the partner MC system
      When alice's UE registers with the SIP core of the partner MC system
      Then the partner MC system is told that migration is not allowed
      And the UE is refused with 403
      And the primary's SIP database was not asked

    @MMS-3 @needs:withdrawal @negative
    Scenario: Withdrawing the set for one partner leaves the other partner in place
      Given the third MC system
      And alice's UE may migrate to the third MC system with a second set of identities
      And the primary MC system withdraws the set of alice's UE for the partner MC system
      When alice's UE registers with the SIP core of the third MC system
      Then the UE is registered

    @MMS-3 @needs:withdrawal @negative
    Scenario: Withdrawing the second set leaves the first in place
      Given the third MC system
      And alice's UE may migrate to the third MC system with a second set of identities
      And the primary MC system withdraws the set of alice's UE for the third MC system
      When alice's UE registers with the SIP core of the partner MC system
      Then the UE is registered
      When alice's UE registers with the SIP core of the third MC system
      Then the UE is refused with 403

    @MMS-3 @needs:withdrawal @negative
    Scenario: A withdrawal takes effect at once, and so does its end
      Given alice's UE is registered in the partner MC system
      And alice's UE has left the partner MC system
      And the primary MC system withdraws the set of alice's UE for the partner MC system
      When alice's UE registers with the SIP core of the partner MC system
      Then the UE is refused with 403
      When the primary MC system restores the set of alice's UE for the partner MC system
      And alice's UE registers with the SIP core of the partner MC system
      Then the UE is registered

  Rule: Bindings in the partner MC system

    @MMS-2 @MMS-4 @positive
    Scenario: Every inbound UE has a set of its own
      Given bob's UE, which may migrate to the partner MC system
      When alice's UE and bob's UE register with the SIP core of the partner MC system at the same time
      Then both UEs are registered
      And each UE was challenged with the vector made for it

    @MMS-4 @negative
    Scenario Outline: A set that is bound already is refused at configuration
      When a partner MC system is configured with two inbound UEs that share <what>
      Then the configuration is refused and the message names the <named> identity
      And nothing was started

      Examples:
        | what                        | named   |
        | the private identity        | private |
        | the public identity         | public  |
        | the primary's identities    | primary |

  Rule: Where it stands

    @MMS-5 @needs:collocatedMigrationManagement @positive
    Scenario Outline: The migration management server is part of the SIP database
      Given in the <system> MC system the migration management server is part of the SIP database
      When alice's UE registers with the SIP core of the partner MC system
      Then the UE is registered
      And no message passed between migration management server and SIP database of the <system> MC system

      Examples:
        | system  |
        | partner |
        | primary |

    @MMS-5 @negative
    Scenario: The migration management server stands beside the SIP database
      When alice's UE registers with the SIP core of the partner MC system
      Then the UE is registered
      And the primary's migration management server asks the primary's SIP database for the primary identities

    @MMS-6 @DPX-2 @positive
    Scenario: What the SIP core asks of the SIP database passes the migration management server
      When alice's UE registers with the SIP core of the partner MC system
      Then the UE is registered
      And the server assignment reached the partner's SIP database through the migration management server unchanged
      And the proxy added its route record

    @MMS-6 @DPX-2 @negative
    Scenario: A request that is not for authentication information does not leave the MC system
      When alice's UE registers with the SIP core of the partner MC system
      Then the UE is registered
      And only authentication information requests crossed CSC-18
