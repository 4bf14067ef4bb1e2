@clause:5.1.12
Feature: 5.1.12 Group membership
  The administrator of a group says with which MC systems it is interconnected and whether their changes of membership need
  approval. A partner's administrator sees for which groups own users can be proposed, and keeps the list of them
  (TR 23.781 5.1.12).

  Background:
    Given the primary and the partner MC system with their application planes
    And alice, who may migrate to the partner MC system
    And the group joint-ops of the primary MC system with members of both
    And the partner's profile of alice lists the group joint-ops

  # KI-1.12-a: which groups, with which partners

  @KI-1.12-a @KI-1.12-c @positive
  Scenario Outline: A group is opened to a partner, with changes <how>
    Given the group joint-ops of the primary MC system is closed to other MC systems
    When the primary's administrator opens the group to the partner MC system, with changes <how>
    And the partner's administrator asks for the overview
    Then the partner's overview shows joint-ops <how> (KI-1.12-c)
    When the partner's administrator proposes alice.guest zoe yann
    Then the primary answers that the proposal is <state> (KI-1.12-a)

    Examples:
      | how            | state    |
      | directly       | accepted |
      | after approval | pending  |

  @KI-1.12-a @negative
  Scenario: A group that is no interconnection group takes no members from a partner
    Given the group joint-ops of the primary MC system is closed to other MC systems
    When the partner's administrator proposes alice.guest zoe yann
    Then the primary's group management server answers 403 (KI-1.12-a)
    And the primary has the group with the members alice alice.guest zoe (KI-1.12-a)

  @KI-1.12-a @negative
  Scenario: A group takes no members from an MC system that it does not name
    Given the third MC system with its application plane
    And the group joint-ops is open to the third MC system, with changes directly
    When the partner's administrator proposes alice.guest zoe yann
    Then the primary's group management server answers 403 (KI-1.12-a)
    And the primary has the group with the members alice alice.guest zoe (KI-1.12-a)

  @KI-1.12-a @positive
  Scenario: A group is open to two partners, and each has its own members in it
    Given the third MC system with its application plane
    And the group joint-ops is open to the partner and the third MC system, with changes after approval
    And the partner's administrator has proposed alice.guest zoe yann
    When the third's administrator proposes bob
    And the primary's administrator approves the first proposal
    Then the changed group is provided to the partner with the members alice alice.guest zoe yann (KI-1.12-e)
    And the group was not provided with bob (KI-1.12-e)

  @KI-1.12-a @negative
  Scenario: A group that is closed is taken from the partner, and its members of the partner leave
    Given the primary has provided the group to the partner
    When the primary's administrator closes the group to other MC systems
    Then the group is taken away from the partner (KI-1.12-a)
    And the primary has the group with the members alice (KI-1.12-a)

  @KI-1.12-a @faults @negative
  Scenario: A partner that cannot be reached when the group is closed loses it later
    Given the primary has provided the group to the partner
    And the link between the group management servers is severed
    When the primary's administrator closes the group to other MC systems
    And the link between the group management servers is joined again
    And 5 minutes pass
    Then the group is taken away from the partner (KI-1.12-a)

  @KI-1.12-a @faults @negative
  Scenario: A partner that could not be reached loses the group even where the primary crashes meanwhile
    Given the MC systems may crash, and start again with what they have kept
    And the primary has provided the group to the partner
    And the link between the group management servers is severed
    When the primary's administrator closes the group to other MC systems
    And the primary MC system crashes, and starts again
    And the link between the group management servers is joined again
    And 5 minutes pass
    Then the group is taken away from the partner (KI-1.12-a)

  @KI-1.12-a @KI-1.12-e @negative
  Scenario: A proposal that waits when the group is closed is rejected, and its sender is told
    Given the partner's administrator has proposed alice.guest zoe yann
    When the primary's administrator closes the group to other MC systems
    Then the partner is told that the proposal is rejected
    And the partner's administrator sees the proposal as rejected (KI-1.12-e)

  # KI-1.12-b: directly, or after approval

  @KI-1.12-b @KI-1.12-d @positive
  Scenario: Changes that take effect directly
    Given the group joint-ops is open to the partner MC system, with changes directly
    And the primary has provided the group to the partner
    When the partner's administrator proposes alice.guest yann
    Then the proposal carries alice.guest yann
    And the primary answers that the proposal is accepted (KI-1.12-b)
    And the changed group is provided to the partner with the members alice alice.guest yann (KI-1.12-b)
    And the MC service servers of both MC systems are notified of the change
    And both MC systems have the group with the members alice alice.guest yann (KI-1.12-b)

  @KI-1.12-b @KI-1.12-e @negative
  Scenario: Changes that need approval have no effect before it
    Given the primary has provided the group to the partner
    When the partner's administrator proposes alice.guest zoe yann
    Then the primary answers that the proposal is pending (KI-1.12-b)
    And the group was not provided with yann (KI-1.12-b)
    And no decision was told
    And both MC systems have the group with the members alice alice.guest zoe (KI-1.12-b)

  @KI-1.12-b @negative
  Scenario: A proposal that waits is not accepted by a change of mode
    Given the primary has provided the group to the partner
    And the partner's administrator has proposed alice.guest zoe yann
    When the primary's administrator opens the group to the partner MC system, with changes directly
    Then the partner's administrator sees the proposal as pending (KI-1.12-b)
    And both MC systems have the group with the members alice alice.guest zoe (KI-1.12-b)

  @KI-1.12-b @positive
  Scenario: After a change of mode the next list takes effect directly
    Given the partner's administrator has proposed alice.guest zoe yann
    When the primary's administrator opens the group to the partner MC system, with changes directly
    And the partner's administrator proposes alice.guest zoe xena
    Then the primary answers that the proposal is accepted (KI-1.12-b)
    And both MC systems have the group with the members alice alice.guest zoe xena (KI-1.12-b)

  # KI-1.12-c: the overview

  @KI-1.12-c @negative
  Scenario Outline: An overview shows no group that is not open to the <role> MC system
    Given the third MC system with its application plane
    And the primary MC system has a group for the third MC system alone, and one for nobody else
    When the <role>'s administrator asks for the overview
    Then the <role>'s overview shows <groups> (KI-1.12-c)

    Examples:
      | role    | groups                   |
      | partner | joint-ops after approval |
      | third   | fire-1 after approval    |

  @KI-1.12-c @negative
  Scenario Outline: An MC system is shown nothing: <policy>
    Given as configured, <policy>
    When the partner's administrator asks for the overview
    Then the primary's group management server answers 403 (KI-1.12-c)

    Examples:
      | policy                                                     |
      | the primary MC system has no configuration for the partner |
      | the primary MC system takes no proposals from the partner  |

  @KI-1.12-c @negative
  Scenario: Nobody is shown the overview of another MC system
    When a group management server sends, in the name of the partner, a request for the overview of the third MC system
    Then the primary's group management server answers 403 (KI-1.12-c)

  # KI-1.12-d: the list, and its updates

  @KI-1.12-d @KI-1.12-e @positive
  Scenario: The next list takes the place of the one before
    Given the partner's administrator has proposed alice.guest zoe yann
    And the primary's administrator has approved the proposal
    When the partner's administrator proposes alice.guest xena
    Then the proposal carries alice.guest xena
    And the primary answers that the proposal is pending (KI-1.12-d)
    When the primary's administrator approves the proposal
    Then both MC systems have the group with the members alice alice.guest xena (KI-1.12-d)

  @KI-1.12-d @negative
  Scenario: A list takes away nobody but its own users
    Given the group joint-ops is open to the partner MC system, with changes directly
    When the partner's administrator proposes nobody
    Then the changed group is provided to the partner with the members alice (KI-1.12-d)
    And the primary has the group with the members alice (KI-1.12-d)

  @KI-1.12-d @negative
  Scenario Outline: <what> is refused
    Given the group joint-ops is open to the partner MC system, with changes directly
    When a group management server sends, in the name of the partner, <what>
    Then the primary's group management server answers <status> (KI-1.12-d)
    And the primary has the group with the members alice alice.guest zoe (KI-1.12-d)

    Examples:
      | what                                             | status |
      | a proposal of a user of the primary              | 409    |
      | a proposal of a user of the third MC system      | 409    |
      | the group without the members of the primary     | 403    |
      | the deletion of the group                        | 403    |
      | a proposal that names a user twice               | 409    |
      | a proposal for another group than it is sent for | 409    |
      | a proposal of another MC system                  | 409    |
      | a proposal without an id                         | 409    |
      | a proposal with a user who has no identity       | 409    |
      | a proposal that is cut off                       | 409    |
      | a proposal with a document type                  | 409    |
      | a decision in place of a proposal                | 409    |
      | a proposal as plain text                         | 415    |
      | a proposal that is built on nothing              | 428    |
      | a proposal that is built on an older list        | 412    |
      | a proposal in the tree of the third MC system    | 403    |

  @KI-1.12-d @negative
  Scenario: A group that nobody defines takes no members
    When the partner's administrator proposes zoe for other-ops
    Then the primary's group management server answers 404 (KI-1.12-d)

  @KI-1.12-d @negative
  Scenario: An MC system that is not authorized proposes in vain
    Given as configured, the primary MC system takes no proposals from the partner
    And the group joint-ops is open to the partner MC system, with changes directly
    When the partner's administrator proposes alice.guest zoe yann
    Then the primary's group management server answers 403 (KI-1.12-d)
    And the primary has the group with the members alice alice.guest zoe (KI-1.12-d)

  @KI-1.12-d @IC-CONN-4 @negative
  Scenario Outline: Whoever comes with <certificate> does not propose in the name of the partner
    Given the application planes are protected by TLS
    And the group joint-ops is open to the partner MC system, with changes directly
    When a group management server proposes in the name of the partner with <certificate>
    Then the administrator is told <status> (KI-1.12-d)
    And the primary has the group with the members alice alice.guest zoe (KI-1.12-d)

    Examples:
      | certificate                     | status |
      | no certificate                  | 403    |
      | the certificate of another node | 403    |
      | a certificate of another issuer | 0      |
      | an expired certificate          | 0      |

  @KI-1.12-d @negative
  Scenario: Of two administrators who change the list at once the second must look first
    Given another administrator of the partner has proposed alice.guest zoe yann
    When the partner's administrator proposes alice.guest xena
    Then the primary's group management server answers 412 (KI-1.12-d)
    When the partner's administrator looks at the proposal
    And the partner's administrator proposes alice.guest yann xena
    Then the primary answers that the proposal is pending (KI-1.12-d)

  # KI-1.12-e: review and approval

  @KI-1.12-e @KI-1.12-d @positive
  Scenario: A list is approved, and the group changes
    Given the primary has provided the group to the partner
    And the partner's administrator has proposed alice.guest zoe yann
    When the primary's administrator approves the proposal
    Then the changed group is provided to the partner with the members alice alice.guest zoe yann (KI-1.12-e)
    And the MC service servers of both MC systems are notified of the change
    And the partner is told that the proposal is accepted
    And the partner's administrator sees the proposal as accepted (KI-1.12-e)
    And both MC systems have the group with the members alice alice.guest zoe yann (KI-1.12-e)

  @KI-1.12-e @negative
  Scenario: A list is rejected, and the group stays as it was
    Given the primary has provided the group to the partner
    And the partner's administrator has proposed alice.guest zoe yann
    When the primary's administrator rejects the proposal
    Then the partner is told that the proposal is rejected
    And the group was not provided with yann (KI-1.12-e)
    And the partner's administrator sees the proposal as rejected (KI-1.12-e)
    And both MC systems have the group with the members alice alice.guest zoe (KI-1.12-e)

  @KI-1.12-e @negative
  Scenario: A list that was replaced cannot be approved any more
    Given the partner's administrator has proposed alice.guest zoe yann
    When the partner's administrator proposes alice.guest xena
    And the primary's administrator approves the first proposal
    Then the administrator is told 409 (KI-1.12-e)
    And the primary has the group with the members alice alice.guest zoe (KI-1.12-e)

  @KI-1.12-e @negative
  Scenario: A list that was rejected cannot be approved any more
    Given the partner's administrator has proposed alice.guest zoe yann
    And the primary's administrator has rejected the proposal
    When the primary's administrator approves the first proposal
    Then the administrator is told 409 (KI-1.12-e)
    And the primary has the group with the members alice alice.guest zoe (KI-1.12-e)

  # what goes wrong on the link

  @KI-1.12-b @KI-1.12-d @faults @negative
  Scenario Outline: A <message> that <fault> changes nothing of what both MC systems hold
    Given the group joint-ops is open to the partner MC system, with changes directly
    And the primary has provided the group to the partner
    And the <message> <fault> on the way from the <sender>'s group management server to the <receiver>'s group management server
    When the partner's administrator proposes alice.guest zoe yann
    And 1 minutes pass
    Then the primary answers that the proposal is accepted (KI-1.12-d)
    And the partner's administrator sees the proposal as accepted (KI-1.12-d)
    And both MC systems have the group with the members alice alice.guest zoe yann (KI-1.12-b)

    Examples:
      | message             | fault                        | sender  | receiver |
      | membership proposal | is lost once                 | partner | primary  |
      | membership proposal | is duplicated                | partner | primary  |
      | membership proposal | is delayed by 8 seconds      | partner | primary  |
      | membership answer   | is lost once                 | primary | partner  |
      | membership answer   | is duplicated                | primary | partner  |
      | membership answer   | is delayed by 8 seconds      | primary | partner  |
      | membership answer   | is turned into an error once | primary | partner  |
      | group information   | is lost once                 | primary | partner  |
      | group information   | is duplicated                | primary | partner  |
      | group information   | is delayed by 8 seconds      | primary | partner  |

  @KI-1.12-e @faults @negative
  Scenario Outline: A <message> of an approved list that <fault> leaves both MC systems of one mind
    Given the primary has provided the group to the partner
    And the partner's administrator has proposed alice.guest zoe yann
    And the <message> <fault> on the way from the <sender>'s group management server to the <receiver>'s group management server
    When the primary's administrator approves the proposal
    Then the partner is told that the proposal is accepted
    And the partner's administrator sees the proposal as accepted (KI-1.12-e)
    And both MC systems have the group with the members alice alice.guest zoe yann (KI-1.12-e)

    Examples:
      | message             | fault                        | sender  | receiver |
      | membership decision | is lost once                 | primary | partner  |
      | membership decision | is duplicated                | primary | partner  |
      | membership decision | is delayed by 8 seconds      | primary | partner  |
      | receipt             | is lost once                 | partner | primary  |
      | receipt             | is delayed by 8 seconds      | partner | primary  |
      | receipt             | is turned into an error once | partner | primary  |

  @KI-1.12-c @faults @negative
  Scenario Outline: An overview is obtained although the <message> <fault>
    Given the <message> <fault> on the way from the <sender>'s group management server to the <receiver>'s group management server
    When the partner's administrator asks for the overview
    Then the partner's overview shows joint-ops after approval (KI-1.12-c)
    And the administrator is told 200 (KI-1.12-c)

    Examples:
      | message          | fault                        | sender  | receiver |
      | overview request | is lost once                 | partner | primary  |
      | overview request | is duplicated                | partner | primary  |
      | overview         | is lost once                 | primary | partner  |
      | overview         | is delayed by 8 seconds      | primary | partner  |
      | overview         | is turned into an error once | primary | partner  |

  @KI-1.12-d @faults @negative
  Scenario: A list that cannot be sent is sent again when the MC systems are joined
    Given the link between the group management servers is severed
    When the partner's administrator proposes alice.guest zoe yann
    Then the administrator is told 0 (KI-1.12-d)
    When the link between the group management servers is joined again
    And the partner's administrator proposes alice.guest zoe yann
    Then the primary answers that the proposal is pending (KI-1.12-d)

  @KI-1.12-d @KI-1.12-e @IC-CONN-4 @positive
  Scenario: Lists and decisions cross under TLS and through HTTP proxies
    Given HTTP proxies at the edges of both MC systems
    And the application planes are protected by TLS
    And the partner's administrator has proposed alice.guest zoe yann
    When the primary's administrator approves the proposal
    Then the partner's administrator sees the proposal as accepted (KI-1.12-e)
    And both MC systems have the group with the members alice alice.guest zoe yann (KI-1.12-e)
    And all SIP between the MC systems is under TLS
