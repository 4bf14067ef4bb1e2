@clause:6.1.1
Feature: 6.1.1 Solution 1
  Service configuration says of each partner who it is, where it is reached, what interconnection with it permits, and what its users may do
  here. MC service servers work by it (TR 23.781 6.1.1, 5.1.1).

  Background:
    Given the primary and the partner MC system with their application planes
    And alice, who may migrate to the partner MC system
    And ada, who administers the primary MC system

  Rule: What service configuration holds

    @SOL1-1 @positive
    Scenario Outline: Service configuration for <service> holds all that it takes
      Given the service is <service>
      When the MC systems start
      Then the primary's MC service server gets all that service configuration holds of the partner
      And the partner's MC service server gets all that service configuration holds of the primary

      Examples:
        | service |
        | MCPTT   |
        | MCVideo |
        | MCData  |

    @SOL1-1 @CFG-MIG-11 @positive
    Scenario: A change of service configuration reaches the MC service server
      Given ada signs in at home
      When ada turns the switch MCData out for the partner off
      Then ada is told that the service configuration is stored
      And the primary's MC service server is told of the change and gets the new service configuration
      And the primary's MC service server gets all that service configuration holds of the partner

    @SOL1-1 @negative
    Scenario Outline: Service configuration without the <part> is not stored
      Given ada signs in at home
      When ada writes service configuration without the <part>
      Then ada's service configuration is refused with 409 because of schema-validation-error

      Examples:
        | part                                    |
        | application identity of the partner     |
        | addresses of the partner's servers      |
        | PDN of the partner's servers            |
        | signalling plane address of the partner |
        | switches of interconnection             |
        | switches of migration                   |
        | switch MCData out                       |

    @SOL1-1 @negative
    Scenario: A user does not change service configuration
      Given alice signs in at home
      When alice turns the switch MCData out for the partner off
      Then alice's service configuration is refused with 403

  Rule: Migration

    @SOL1-3 @positive
    Scenario Outline: Users of the other MC system may migrate for <service>
      Given the service is <service>
      And alice has done all that comes before service authorization
      When alice requests migration service authorization
      Then alice is told that migration and service authorization succeeded

      Examples:
        | service |
        | MCPTT   |
        | MCVideo |
        | MCData  |

    @SOL1-3 @negative
    Scenario Outline: A switch of migration that is off refuses migration for <service>: <switch>
      Given the service is <service>
      And in the partner MC system the switch <switch> for the primary is off
      And alice has done all that comes before service authorization
      When alice requests migration service authorization
      Then alice is refused with 403 because of <cause>
      And no migration request leaves the partner MC system (SOL1-3)

      Examples:
        | service | switch           | cause                   |
        | MCPTT   | migration in     | migration-not-permitted |
        | MCVideo | migration in     | migration-not-permitted |
        | MCData  | migration in     | migration-not-permitted |
        | MCPTT   | migrated MCPTT   | service-not-permitted   |
        | MCVideo | migrated MCVideo | service-not-permitted   |
        | MCData  | migrated MCData  | service-not-permitted   |

    @SOL1-3 @positive
    Scenario Outline: A switch of one service leaves the others: <switch> for <service>
      Given the service is <service>
      And in the partner MC system the switch <switch> for the primary is off
      And alice has done all that comes before service authorization
      When alice requests migration service authorization
      Then alice is told that migration and service authorization succeeded

      Examples:
        | service | switch                 |
        | MCPTT   | migrated MCPTT private |
        | MCPTT   | migrated MCPTT groups  |
        | MCPTT   | migrated MCVideo       |
        | MCVideo | migrated MCData        |
        | MCData  | migrated MCPTT         |

    @SOL1-3 @positive
    Scenario: A migrated user sends short data in the partner
      Given the service is MCData
      And zoe, a user of the partner MC system
      And zoe has service at home
      And alice has done all that comes before service authorization
      And alice has service in the partner MC system
      When alice sends short data from the partner to zoe, a user of the partner
      Then alice is told that it was delivered (SOL1-3)
      And zoe's UE gets the short data of sip:alice.guest@partner.example (SOL1-3)

    @SOL1-3 @CFG-MIG-11 @negative
    Scenario: The switch for MCData is turned off while a migrated user has service
      Given the service is MCData
      And zoe, a user of the partner MC system
      And max, who administers the partner MC system
      And max signs in at home
      And zoe has service at home
      And alice is served by the partner MC system
      When max turns the switch migrated MCData for the primary off
      And alice sends short data from the partner to zoe, a user of the partner
      Then alice is told that the service is not authorized with the interconnected system (SOL1-3)

  Rule: Private calls, as far as they are refused or declined

    @SOL1-2 @KI-1.1-a @KI-1.1-c @positive
    Scenario Outline: A private call is offered to a user of the partner: <service>
      Given the service is <service>
      And zoe, a user of the partner MC system
      And alice has service at home
      And zoe has service at home
      When alice invites zoe, a user of the partner, to a private call
      Then zoe's UE is offered the call of sip:alice@primary.example (SOL1-2)
      And alice is told that the user called declined (SOL1-2)

      Examples:
        | service |
        | MCPTT   |
        | MCVideo |

    @SOL1-2 @KI-1.1-a @negative
    Scenario Outline: A private call that own users may not make does not leave the primary: <switch>
      Given the service is <service>
      And in the primary MC system the switch <switch> for the partner is off
      And zoe, a user of the partner MC system
      And alice has service at home
      And zoe has service at home
      When alice invites zoe, a user of the partner, to a private call
      Then alice is told that the call is not authorized with the interconnected system (SOL1-2)
      And no invitation leaves the primary MC system (SOL1-2)

      Examples:
        | service | switch            |
        | MCPTT   | MCPTT private out |
        | MCVideo | MCVideo out       |

    @SOL1-2 @KI-1.1-c @negative
    Scenario Outline: A private call that users of the primary may not make to here is not offered: <switch>
      Given the service is <service>
      And in the partner MC system the switch <switch> for the primary is off
      And zoe, a user of the partner MC system
      And alice has service at home
      And zoe has service at home
      When alice invites zoe, a user of the partner, to a private call
      Then alice is told that the call is not authorized with the interconnected system (SOL1-2)
      And zoe's UE is offered no call (SOL1-2)

      Examples:
        | service | switch           |
        | MCPTT   | MCPTT private in |
        | MCVideo | MCVideo in       |

    @SOL1-2 @positive
    Scenario Outline: The switch <switch> of the <role> says nothing of private calls of <service>
      Given the service is <service>
      And in the <role> MC system the switch <switch> for the <other> is off
      And zoe, a user of the partner MC system
      And alice has service at home
      And zoe has service at home
      When alice invites zoe, a user of the partner, to a private call
      Then alice is told that the user called declined (SOL1-2)

      Examples:
        | service | switch            | role    | other   |
        | MCPTT   | MCPTT private in  | primary | partner |
        | MCPTT   | MCPTT private out | partner | primary |
        | MCPTT   | MCVideo out       | primary | partner |
        | MCPTT   | MCPTT groups out  | primary | partner |
        | MCVideo | MCPTT private in  | partner | primary |
        | MCVideo | MCVideo groups in | partner | primary |

    @SOL1-3 @positive
    Scenario: A migrated user makes private calls in the partner
      Given the partner's profile allows alice to make private calls
      And zoe, a user of the partner MC system
      And zoe has service at home
      And alice is served by the partner MC system
      When alice invites zoe, a user of the partner, to a private call from the partner
      Then zoe's UE is offered the call of sip:alice.guest@partner.example (SOL1-3)
      And alice is told that the user called declined (SOL1-3)

    @SOL1-3 @negative
    Scenario: A migrated user makes no private calls where their switch alone is off
      Given the partner's profile allows alice to make private calls
      And in the partner MC system the switch migrated MCPTT private for the primary is off
      And zoe, a user of the partner MC system
      And zoe has service at home
      And alice is served by the partner MC system
      When alice invites zoe, a user of the partner, to a private call from the partner
      Then alice is told that the call is not authorized with the interconnected system (SOL1-3)
      And zoe's UE is offered no call (SOL1-3)

  Rule: Groups, as far as affiliation goes

    @SOL1-2 @KI-1.1-b @KI-1.1-d @positive
    Scenario Outline: A user affiliates to a group of the partner: <service>
      Given the service is <service>
      And the group harbour of the partner MC system, of which alice of the primary is a member
      And alice has service at home
      When alice affiliates to the group harbour
      Then alice is affiliated by the home of the group (SOL1-2)

      Examples:
        | service |
        | MCPTT   |
        | MCVideo |

    @SOL1-2 @KI-1.1-b @negative
    Scenario Outline: Own users may not join groups of the partner: <switch>
      Given the service is <service>
      And in the primary MC system the switch <switch> for the partner is off
      And the group harbour of the partner MC system, of which alice of the primary is a member
      And alice has service at home
      When alice affiliates to the group harbour
      Then the primary tells alice that affiliation is not authorized with the interconnected system (SOL1-2)
      And no affiliation leaves the primary MC system (SOL1-2)

      Examples:
        | service | switch             |
        | MCPTT   | MCPTT groups out   |
        | MCVideo | MCVideo groups out |

    @SOL1-2 @KI-1.1-d @negative
    Scenario Outline: Users of the primary may not join groups of here: <switch>
      Given the service is <service>
      And in the partner MC system the switch <switch> for the primary is off
      And the group harbour of the partner MC system, of which alice of the primary is a member
      And alice has service at home
      When alice affiliates to the group harbour
      Then the partner tells alice that affiliation is not authorized with the interconnected system (SOL1-2)

      Examples:
        | service | switch            |
        | MCPTT   | MCPTT groups in   |
        | MCVideo | MCVideo groups in |

    @SOL1-2 @KI-1.1-d @negative
    Scenario: The switch lets in members, and nobody else
      Given the group harbour of the partner MC system, of which bob of the primary is a member
      And alice has service at home
      When alice affiliates to the group harbour
      Then the partner tells alice that the user is not part of the group (SOL1-2)

    @SOL1-2 @positive
    Scenario Outline: The switch <switch> of the <role> says nothing of groups of <service>
      Given the service is <service>
      And in the <role> MC system the switch <switch> for the <other> is off
      And the group harbour of the partner MC system, of which alice of the primary is a member
      And alice has service at home
      When alice affiliates to the group harbour
      Then alice is affiliated by the home of the group (SOL1-2)

      Examples:
        | service | switch             | role    | other   |
        | MCPTT   | MCPTT groups in    | primary | partner |
        | MCPTT   | MCPTT groups out   | partner | primary |
        | MCPTT   | MCPTT private out  | primary | partner |
        | MCPTT   | MCVideo groups out | primary | partner |
        | MCVideo | MCPTT groups in    | partner | primary |

    @SOL1-3 @positive
    Scenario: A migrated user affiliates to a group of the partner
      Given the group harbour of the partner MC system, of which alice of the partner is a member
      And alice is served by the partner MC system
      When alice affiliates to the group harbour from the partner
      Then alice is affiliated by the home of the group (SOL1-3)

    @SOL1-3 @negative
    Scenario: A migrated user joins no groups where their switch alone is off
      Given the group harbour of the partner MC system, of which alice of the partner is a member
      And in the partner MC system the switch migrated MCPTT groups for the primary is off
      And alice is served by the partner MC system
      When alice affiliates to the group harbour from the partner
      Then the partner tells alice that affiliation is not authorized with the interconnected system (SOL1-3)

  Rule: Interconnection

    Background:
      Given the service is MCData
      And zoe, a user of the partner MC system

    @SOL1-2 @KI-1.1-a @KI-1.1-c @positive
    Scenario: Short data goes to a user of the partner
      Given alice has service at home
      And zoe has service at home
      When alice sends short data to zoe, a user of the partner
      Then alice is told that it was delivered (SOL1-2)
      And zoe's UE gets the short data of sip:alice@primary.example (SOL1-2)

    @SOL1-2 @positive
    Scenario: Short data goes to a user of the partner without gateway servers
      Given topology is not hidden and there are no gateway servers
      And alice has service at home
      And zoe has service at home
      When zoe sends short data to alice, a user of the primary
      Then zoe is told that it was delivered (SOL1-2)
      And alice's UE gets the short data of sip:zoe@partner.example (SOL1-2)

    @SOL1-2 @KI-1.1-a @negative
    Scenario: Data that own users may not send to the partner does not leave the primary
      Given in the primary MC system the switch MCData out for the partner is off
      And alice has service at home
      And zoe has service at home
      When alice sends short data to zoe, a user of the partner
      Then alice is told that the service is not authorized with the interconnected system (SOL1-2)
      And no short data leaves the primary MC system (SOL1-2)

    @SOL1-2 @KI-1.1-c @negative
    Scenario: Data that users of the partner may not send to here is not delivered
      Given in the partner MC system the switch MCData in for the primary is off
      And alice has service at home
      And zoe has service at home
      When alice sends short data to zoe, a user of the partner
      Then alice is told that the service is not authorized with the interconnected system (SOL1-2)
      And no short data reaches zoe's UE (SOL1-2)

    @SOL1-2 @KI-1.1-a @KI-1.1-c @positive
    Scenario Outline: A switch for one way or one service leaves the others: <switch> of the <role>
      Given in the <role> MC system the switch <switch> for the <other> is off
      And alice has service at home
      And zoe has service at home
      When alice sends short data to zoe, a user of the partner
      Then alice is told that it was delivered (SOL1-2)

      Examples:
        | switch            | role    | other   |
        | MCData in         | primary | partner |
        | MCData out        | partner | primary |
        | MCPTT private out | primary | partner |
        | MCVideo out       | primary | partner |
        | migrated MCData   | partner | primary |

    @SOL1-2 @CFG-MIG-11 @negative
    Scenario: A switch that is turned off holds from then on
      Given ada signs in at home
      And alice has service at home
      And zoe has service at home
      When ada turns the switch MCData out for the partner off
      And alice sends short data to zoe, a user of the partner
      Then alice is told that the service is not authorized with the interconnected system (SOL1-2)

    @SOL1-4 @negative
    Scenario Outline: Without configuration for the other MC system nothing is interconnected: <policy>
      Given as configured, <policy>
      And alice has service at home
      And zoe has service at home
      When alice sends short data to zoe, a user of the partner
      Then alice is told that the service is not authorized with the interconnected system (SOL1-4)
      And no short data reaches zoe's UE (SOL1-4)

      Examples:
        | policy                                                     |
        | the primary MC system has no configuration for the partner |
        | the partner MC system has no configuration for the primary |

    @SOL1-4 @negative
    Scenario Outline: The same without gateway servers: <policy>
      Given topology is not hidden and there are no gateway servers
      And as configured, <policy>
      And alice has service at home
      And zoe has service at home
      When alice sends short data to zoe, a user of the partner
      Then alice is told that the service is not authorized with the interconnected system (SOL1-4)
      And no short data reaches zoe's UE (SOL1-4)

      Examples:
        | policy                                                     |
        | the primary MC system has no configuration for the partner |
        | the partner MC system has no configuration for the primary |

    @SOL1-4 @positive
    Scenario: Configuration that is taken away ends interconnection
      Given ada signs in at home
      And alice has service at home
      And zoe has service at home
      When alice sends short data to zoe, a user of the partner
      Then alice is told that it was delivered (SOL1-4)
      When ada takes the configuration for the partner away
      And alice sends short data to zoe, a user of the partner
      Then alice is told that the service is not authorized with the interconnected system (SOL1-4)
