@clause:7.3.1 @robustness
Feature: 7.3.1 Functional model: bad input
  Every entity of the functional model bears what comes to its own socket: strange but lawful messages are taken, broken ones refused as their
  documents have it, and whoever comes properly is served as before (hostile corpus of the harness).

  Rule: Application plane

    Background:
      Given the primary and the partner MC system with their application planes
      And alice, who may migrate to the partner MC system
      And alice has done all that comes before service authorization

    @MSA-11 @negative
    Scenario Outline: The application plane's <entity> bears every message of <document>
      When every message of <document> comes to the partner's <entity>
      Then each of them is answered as it may be
      And a sound request is answered after each
      When alice requests migration service authorization
      Then alice is told that migration and service authorization succeeded

      Examples:
        | entity                  | document |
        | MCPTT server            | RFC 4475 |
        | MCPTT server            | RFC 5118 |
        | MCPTT server            | our own  |
        | gateway server          | RFC 4475 |
        | gateway server          | RFC 5118 |
        | gateway server          | our own  |
        | group management server | RFC 4475 |
        | group management server | RFC 5118 |
        | group management server | our own  |

    @GCI-PUSH-5 @negative
    Scenario: The group management server bears every document
      When every document of the hostile corpus comes to the partner's group management server as a group
      Then each is answered as it may be
      And the partner's group management server goes on storing and serving

    @CFG-MIG-7 @negative
    Scenario Outline: The configuration management server bears every document as a <document>
      When every document of the hostile corpus comes to the partner's configuration management server as a <document>
      Then each is answered as it may be
      And alice's profile is still given to her by the partner

      Examples:
        | document              |
        | profile               |
        | service configuration |

    @MSA-2 @negative
    Scenario: The MCPTT server bears every document
      When every document of the hostile corpus comes to the partner's MCPTT server as a migration request
      Then each is answered as it may be
      And no migration request leaves the partner MC system (MSA-2)
      When alice requests migration service authorization
      Then alice is told that migration and service authorization succeeded

    @CFG-MIG-7 @negative
    Scenario Outline: The <server> management server bears every access token
      When every access token of the hostile corpus is shown to the partner's <server> management server
      Then each is answered as it may be
      And alice's profile is still given to her by the partner

      Examples:
        | server        |
        | configuration |
        | group         |

    @CFG-MIG-7 @negative
    Scenario Outline: The <server> management server bears every HTTP attack
      When every HTTP attack of the hostile corpus comes to the partner's <server> management server
      Then each HTTP attack is answered as it may be
      And who comes properly is answered after each
      And alice's profile is still given to her by the partner

      Examples:
        | server        |
        | identity      |
        | configuration |
        | group         |

    @MSA-11 @negative
    Scenario Outline: The <entity> takes no request of 10 MB
      When a request of 10 MB is sent to the partner's <entity> over TCP
      Then the answer is 513 and a closed connection
      When alice requests migration service authorization
      Then alice is told that migration and service authorization succeeded

      Examples:
        | entity         |
        | MCPTT server   |
        | gateway server |
        | S-CSCF         |

    @MSA-11 @negative
    Scenario Outline: The primary's <entity> bears every message of <document>
      When every message of <document> comes to the primary's <entity>
      Then each of them is answered as it may be
      And a sound request is answered after each
      When alice requests migration service authorization
      Then alice is told that migration and service authorization succeeded

      Examples:
        | entity                  | document |
        | MCPTT server            | our own  |
        | group management server | our own  |

  Rule: Servers of the other MC services

    Background:
      Given the primary and the partner MC system with their application planes
      And alice, who may migrate to the partner MC system

    @MSA-11 @negative
    Scenario Outline: The <service> server bears every message of <document>
      Given the service is <service>
      And alice has done all that comes before service authorization
      When every message of <document> comes to the partner's <service> server
      Then each of them is answered as it may be
      And a sound request is answered after each
      When alice requests migration service authorization
      Then alice is told that migration and service authorization succeeded

      Examples:
        | service | document |
        | MCVideo | RFC 4475 |
        | MCVideo | our own  |
        | MCData  | RFC 4475 |
        | MCData  | our own  |

    @MSA-2 @negative
    Scenario Outline: The <service> server bears every document
      Given the service is <service>
      And alice has done all that comes before service authorization
      When every document of the hostile corpus comes to the partner's <service> server as a migration request
      Then each is answered as it may be
      And no migration request leaves the partner MC system (MSA-2)
      When alice requests migration service authorization
      Then alice is told that migration and service authorization succeeded

      Examples:
        | service |
        | MCVideo |
        | MCData  |

  Rule: Signalling control plane

    Background:
      Given the primary and the partner MC system
      And alice's UE, which may migrate to the partner MC system
      And bob's UE, which may migrate to the partner MC system
      And alice's UE is registered in the partner MC system

    @DPX-1 @C18-1 @negative
    Scenario Outline: The <entity> bears every Diameter attack
      When every Diameter attack of the hostile corpus comes to the <role>'s <entity>
      Then each is answered as it may be
      And alice's UE can still be reached in the partner MC system
      And bob's UE registers with the SIP core of the partner MC system
      And the UE is registered

      Examples:
        | role    | entity                      |
        | partner | SIP database                |
        | partner | migration management server |
        | primary | SIP database                |

  Rule: Proxies between the MC systems

    Background:
      Given the primary and the partner MC system with their application planes
      And alice, who may migrate to the partner MC system

    @DPX-1 @C18-1 @negative
    Scenario: A further Diameter proxy on CSC-18 bears every Diameter attack
      Given 1 further Diameter proxies on CSC-18
      And alice has done all that comes before service authorization
      When every Diameter attack of the hostile corpus comes to the further Diameter proxy
      Then each is answered as it may be
      When alice requests migration service authorization
      Then alice is told that migration and service authorization succeeded

    @CFG-MIG-7 @negative @attacked:http-proxy
    Scenario: The HTTP proxy bears every HTTP attack
      Given HTTP proxies at the edges of both MC systems
      And alice has done all that comes before service authorization
      When every HTTP attack of the hostile corpus comes to the partner's HTTP proxy
      Then each HTTP attack is answered as it may be
      And who comes properly is answered after each
      And alice's profile is still given to her by the partner

  Rule: Notices of changed configuration

    Background:
      Given the primary and the partner MC system with their application planes
      And ada, who administers the primary MC system

    @CFG-MIG-11 @negative
    Scenario Outline: A notice of changed configuration <how> is refused
      Given ada signs in at home
      And the next notice of a change comes to the primary's MC service server <how>
      When ada turns the switch MCData out for the partner off
      Then the primary's MC service server refuses the notice with <status>, and gets no document for it
      When ada turns the switch MCVideo out for the partner off
      Then the primary's MC service server is told of the change and gets the new service configuration

      Examples:
        | how                                               | status |
        | in another media type                             | 415    |
        | with a document with a document type              | 400    |
        | with a document with an external entity           | 400    |
        | with a document with an entity bomb               | 400    |
        | with a document that is cut off                   | 400    |
        | with a document that is not in its encoding       | 400    |
        | with a document with an attribute twice           | 400    |
