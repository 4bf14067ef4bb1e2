@clause:10.2.x.2 @robustness
Feature: 10.2.x.2 Group configuration push: bad input
  Whatever comes over CSC-16, the partner's group management server refuses it by its protocol, stores nothing of it, and serves others as
  before.

  Background:
    Given the primary and the partner MC system with their application planes
    And alice, who may migrate to the partner MC system

  @GCI-PUSH-5 @GCI-PUSH-3 @negative
  Scenario Outline: A group <how> is refused
    When the primary's group management server sends a group <how> over CSC-16
    Then the server answers <answer> (GCI-PUSH-5)
    And no such group is stored at the partner
    And the partner's group management server goes on storing and serving

    Examples:
      | how                                        | answer                         |
      | with a document type                       | 409 not-well-formed            |
      | with an external entity                    | 409 not-well-formed            |
      | with an external entity of another server  | 409 not-well-formed            |
      | with an external document type             | 409 not-well-formed            |
      | with a parameter entity                    | 409 not-well-formed            |
      | with an entity bomb                        | 409 not-well-formed            |
      | of 10 MB                                   | 413                            |
      | nested 10,000 deep                         | 409 not-well-formed            |
      | that is cut off                            | 409 not-well-formed            |
      | that is not in its encoding                | 409 not-well-formed            |
      | with an attribute twice                    | 409 not-well-formed            |
      | of no octets                               | 409 not-well-formed            |
      | in another media type                      | 415                            |
      | about another than its selector            | 409 constraint-failure         |
      | under a path that leads upwards            | 404                            |
      | under an escaped path that leads upwards   | 404                            |
      | under the tree of a user                   | 404                            |
      | as a part of a document                    | 405                            |
      | with a line break in its identity          | 404                            |
      | with a line break in a header              | 400                            |
      | with two lengths                           | 400                            |

  @GCI-PUSH-PRE-3 @negative
  Scenario Outline: A group <how> is not the sender's to provide
    When the primary's group management server sends a group <how> over CSC-16
    Then the server answers 403 (GCI-PUSH-PRE-3)
    And no such group is stored at the partner
    And the partner's group management server goes on storing and serving

    Examples:
      | how                               |
      | of the partner                    |
      | without an identity of its sender |
