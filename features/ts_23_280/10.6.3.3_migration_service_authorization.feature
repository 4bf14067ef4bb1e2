@clause:10.6.3.3
Feature: 10.6.3.3 Migration service authorization
  A user of the primary MC system asks for service in a partner MC system. The partner's MC service server asks the
  primary's, through the gateway servers of both, and the primary records where its user is served (TS 23.280 10.6.3.3).

  Background:
    Given the primary and the partner MC system with their application planes
    And alice, who may migrate to the partner MC system

  Rule: The flow of figure 10.6.3.3-1

    @MSA-1 @MSA-1N @MSA-2 @MSA-3 @MSA-4 @MSA-5 @MSA-6 @MSA-7 @MSA-8 @MSA-9 @MSA-10 @MSA-11 @MSA-PRE-1 @MSA-PRE-2
    @MSA-IE-REQ-1 @MSA-IE-REQ-2 @MSA-IE-REQ-3 @MSA-IE-REQ-4 @MSA-IE-RSP-1 @MSA-IE-RSP-2 @positive
    Scenario: A user migrates
      Given alice has done all that comes before service authorization
      When alice requests migration service authorization
      Then alice's request names both MC service IDs and the selected profile
      And alice's client presents the partner's access token, and nobody hands it on
      And the request goes from the partner's server to the primary's as the clause has it
      And the response goes back the same way
      And every response carries both MC service IDs and success
      And alice is told that migration and service authorization succeeded
      And alice still has service in the partner MC system

    @MSA-1 @MSA-11 @positive
    Scenario Outline: A user migrates with <service>
      Given the service is <service>
      And alice has done all that comes before service authorization
      When alice requests migration service authorization
      Then the request goes from the partner's server to the primary's as the clause has it
      And alice is told that migration and service authorization succeeded

      Examples:
        | service |
        | MCPTT   |
        | MCVideo |
        | MCData  |

    @MSA-N3 @positive
    Scenario: Without topology hiding the servers speak to each other
      Given topology is not hidden and there are no gateway servers
      And alice has done all that comes before service authorization
      When alice requests migration service authorization
      Then the request goes from the partner's server to the primary's as the clause has it
      And the response goes back the same way
      And alice is told that migration and service authorization succeeded

    @MSA-N3 @SOL3-9 @negative
    Scenario: Without gateway servers the primary still refuses what it does not permit
      Given topology is not hidden and there are no gateway servers
      And as configured, alice's profile is not valid in the partner MC system
      And alice signs in at home
      When alice obtains the primary's profile
      And alice chooses the partner MC system
      Then alice does not succeed, because the profile does not list the partner (MSA-PRE-1)

  Rule: The register of the primary

    @MSA-7 @KI-2.5 @CFG-MIG-1 @positive
    Scenario: Service at home ends the migration
      Given alice has done all that comes before service authorization
      And alice has service in the partner MC system
      When alice requests service authorization at home
      Then alice has service at home
      And the primary tells the partner that the migration has ended
      And alice has no service in the partner MC system any more

    @MSA-7 @KI-2.5 @negative
    Scenario: A user who leaves the partner is taken off the register
      Given alice has done all that comes before service authorization
      And alice has service in the partner MC system
      When alice ends service in the partner MC system
      Then the partner tells the primary that the migration has ended
      And the primary has recorded nothing of alice

    @MSA-7 @CFG-MIG-1 @negative
    Scenario: A user who never migrated ends nothing by service at home
      Given alice has done all that comes before service authorization
      When alice requests service authorization at home
      Then alice has service at home
      And the primary has recorded nothing of alice

  Rule: What the client must have

    @MSA-1 @MSA-PRE-1 @MSA-PRE-2 @MSA-IE-REQ-4 @positive
    Scenario: A client asks the partner with what the partner issued
      Given alice has done all that comes before service authorization
      When alice requests migration service authorization
      Then alice's client asks the partner's MC service server, and nobody else
      And the request names the identity, and carries the token, that the partner's identity management server issued

    @MSA-PRE-1 @MSA-1 @negative
    Scenario: A client whose profile does not list the partner asks for nothing
      Given as configured, alice's profile does not list the partner MC system
      When alice tries the whole way to service in the partner MC system
      Then alice's client sends no request for migration service authorization (MSA-PRE-1)
      And alice does not succeed, because the profile does not list the partner (MSA-PRE-1)

    @MSA-1 @MSA-PRE-2 @negative
    Scenario: A client whom the partner has not authenticated asks for nothing
      Given as configured, alice has no identity in the partner MC system
      When alice tries the whole way to service in the partner MC system
      Then alice's client sends no request for migration service authorization (MSA-1)
      And alice does not succeed, because partner: invalid_grant (MSA-PRE-2)

    @MSA-PRE-2 @MSA-1N @MSA-IE-REQ-4 @negative
    Scenario Outline: A request with <token> is refused by the partner
      Given bob, who may migrate to the partner MC system
      And alice has done all that comes before service authorization
      And bob has done all that comes before service authorization
      When alice requests migration service authorization with <token>
      Then alice is refused with <status>
      And no migration request leaves the partner MC system (MSA-PRE-2)

      Examples:
        | token               | status |
        | no token            | 400    |
        | the primary's token | 403    |
        | an altered token    | 403    |
        | the token of bob    | 403    |

    @MSA-PRE-2 @negative
    Scenario: An access token that has expired is refused
      Given alice has done all that comes before service authorization
      And 61 minutes have passed
      When alice requests migration service authorization
      Then alice is refused with 403 because of token-mismatch
      And no migration request leaves the partner MC system (MSA-PRE-2)

  Rule: Mandatory information elements

    @MSA-IE-REQ-1 @MSA-IE-REQ-2 @MSA-IE-REQ-3 @MSA-IE-REQ-4 @negative
    Scenario Outline: A request with the <element> <how> is refused
      Given alice has done all that comes before service authorization
      When alice requests migration service authorization with the <element> <how>
      Then alice is refused with <status>
      And no migration request leaves the partner MC system (<requirement>)
      And the primary has recorded nothing of alice

      Examples:
        | element                 | how       | status | requirement  |
        | partner's MC service ID | absent    | 400    | MSA-IE-REQ-1 |
        | partner's MC service ID | empty     | 400    | MSA-IE-REQ-1 |
        | partner's MC service ID | malformed | 400    | MSA-IE-REQ-1 |
        | partner's MC service ID | foreign   | 403    | MSA-IE-REQ-4 |
        | primary's MC service ID | absent    | 400    | MSA-IE-REQ-2 |
        | primary's MC service ID | empty     | 400    | MSA-IE-REQ-2 |
        | primary's MC service ID | malformed | 400    | MSA-IE-REQ-2 |
        | primary's MC service ID | foreign   | 403    | MSA-IE-REQ-2 |
        | profile index           | absent    | 400    | MSA-IE-REQ-3 |
        | profile index           | empty     | 400    | MSA-IE-REQ-3 |
        | profile index           | malformed | 400    | MSA-IE-REQ-3 |
        | profile index           | foreign   | 400    | MSA-IE-REQ-3 |

  Rule: The checks of the partner and of the primary

    @MSA-2 @SOL1-3 @negative
    Scenario Outline: The partner refuses by itself: <policy>
      Given as configured, <policy>
      And alice has done all that comes before service authorization
      When alice requests migration service authorization
      Then alice is refused with 403 because of <cause>
      And no migration request leaves the partner MC system (MSA-2)
      And the primary has recorded nothing of alice

      Examples:
        | policy                                                                             | cause                   |
        | the partner MC system does not allow migration from the primary                    | migration-not-permitted |
        | the partner MC system does not offer the service to migrated users of the primary | service-not-permitted   |
        | the partner MC system does not expect alice                                        | migration-not-permitted |

    @KI-2.1-b @MSA-2 @MSA-6 @positive
    Scenario Outline: A partner lets in whom its own configuration and the primary let in: <policy>
      Given as configured, <policy>
      And alice has done all that comes before service authorization
      When alice requests migration service authorization
      Then the partner serves alice by the primary's word only
      And the primary's MC service server permits the migration

      Examples:
        | policy                                                       |
        | the partner MC system expects alice                          |
        | the partner MC system expects all users of the primary       |

    @KI-2.1-b @MSA-6 @negative
    Scenario: A user whom the partner expects is not served against the primary's word
      Given as configured, the partner MC system expects alice
      And as configured, alice may not use the service in the partner MC system
      And alice has done all that comes before service authorization
      When alice requests migration service authorization
      Then the primary's MC service server refuses the migration because of service-not-permitted
      And the partner serves alice by the primary's word only

    @KI-2.1-b @negative
    Scenario: A user whom the partner does not expect is refused, whatever the primary permits
      Given as configured, the partner MC system does not expect alice
      And alice has done all that comes before service authorization
      When alice requests migration service authorization
      Then no migration request leaves the partner MC system (KI-2.1-b)
      And alice is refused with 403 because of migration-not-permitted

    @MSA-6 @MSA-7 @MSA-8 @MSA-9 @MSA-10 @MSA-11 @MSA-IE-RSP-1 @MSA-IE-RSP-2 @KI-2.1-a @negative
    Scenario: The primary refuses a profile that it does not permit
      Given alice has done all that comes before service authorization
      When alice requests migration service authorization with profile 2
      Then the primary's MC service server refuses the migration because of profile-not-valid
      And alice is refused with 403 because of profile-not-valid
      And the response goes back the same way
      And every response carries both MC service IDs and failure
      And the primary has recorded nothing of alice

    @MSA-6 @KI-2.1-a @negative
    Scenario: The primary refuses a service that it does not permit to this user there
      Given as configured, alice may not use the service in the partner MC system
      And alice has done all that comes before service authorization
      When alice requests migration service authorization
      Then alice is refused with 403 because of service-not-permitted
      And every response carries both MC service IDs and failure
      And the primary has recorded nothing of alice

    @MSA-3 @MSA-4 @MSA-5 @SOL1-4 @negative
    Scenario: A gateway server without an agreement refuses
      Given as configured, the gateway servers have no agreement for the service
      And alice has done all that comes before service authorization
      When alice requests migration service authorization
      Then alice is refused with 403 because of partner-not-permitted
      And the gateway server of the primary refused it as not authorized with the interconnected system
      And the primary has recorded nothing of alice

    @SOL1-4 @MSA-5 @negative
    Scenario: A primary without configuration for the partner refuses
      Given as configured, the primary MC system has no configuration for the partner
      And alice has done all that comes before service authorization
      When alice requests migration service authorization
      Then alice is refused with 403 because of partner-not-permitted
      And the gateway server of the primary refused it as not authorized with the interconnected system

  Rule: Another partner

    @MSA-7 @CFG-MIG-1 @positive
    Scenario: A user who migrates again from the same client is served once
      Given alice has done all that comes before service authorization
      And alice has service in the partner MC system
      When alice requests migration service authorization
      Then alice is told that migration and service authorization succeeded
      And alice still has service in the partner MC system
