@clause:10.1.1.2 @robustness
Feature: 10.1.1.2 Migration configuration: bad input
  Codes, tokens and selectors of documents that are not what they seem are refused by the error codes of their protocols; nobody gets what is
  another's, and who comes properly is served as before.

  Background:
    Given the primary and the partner MC system with their application planes
    And alice, who may migrate to the partner MC system
    And vera of the visitor MC system, whose identity management server the partner trusts

  @CFG-MIG-5 @negative
  Scenario Outline: A security token <how> is refused
    When vera's client presents a security token <how> to the partner
    Then the server answers <answer> (CFG-MIG-5)
    And a sound security token is taken by the partner

    Examples:
      | how                                          | answer            |
      | without a signature                          | 400 invalid_grant |
      | signed with the public key as a secret       | 400 invalid_grant |
      | signed with a key that nobody knows          | 400 invalid_grant |
      | signed by somebody else                      | 400 invalid_grant |
      | with a key of its own in it                  | 400 invalid_grant |
      | with an extension that must be understood    | 400 invalid_grant |
      | with claims changed afterwards               | 400 invalid_grant |
      | with its end twice                           | 400 invalid_grant |
      | for another server                           | 400 invalid_grant |
      | for another client                           | 400 invalid_grant |
      | of an issuer that is not trusted             | 400 invalid_grant |
      | that has expired                             | 400 invalid_grant |
      | that is not valid yet                        | 400 invalid_grant |
      | from the future                              | 400 invalid_grant |
      | that never ends                              | 400 invalid_grant |
      | about a user whom nobody knows               | 400 invalid_grant |
      | about nobody                                 | 400 invalid_grant |
      | that was presented before                    | 400 invalid_grant |

  @CFG-MIG-5 @negative
  Scenario Outline: A client that comes with <what> gets no tokens
    When a client of alice asks the primary for tokens with <what>
    Then the server answers <answer> (CFG-MIG-5)
    And alice can still sign in at the primary

    Examples:
      | what                                          | answer                     |
      | a code that was used before                   | 400 invalid_grant          |
      | a refresh token of a code that was used twice | 400 invalid_grant          |
      | a refresh token that was used before          | 400 invalid_grant          |
      | a code that ran out                           | 400 invalid_grant          |
      | a code that nobody gave                       | 400 invalid_grant          |
      | another proof                                 | 400 invalid_grant          |
      | no proof                                      | 400 invalid_request        |
      | another redirection                           | 400 invalid_grant          |
      | another client's name                         | 401 invalid_client         |
      | a grant that nobody knows                     | 400 unsupported_grant_type |
      | its code twice                                | 400 invalid_request        |

  @CFG-MIG-5 @negative
  Scenario Outline: A client that asks for a code with <what> gets none
    When a client of alice asks the primary for a code with <what>
    Then the server answers <answer> (CFG-MIG-5)
    And no header was slipped into the answer, and the client is sent nowhere else
    And alice can still sign in at the primary

    Examples:
      | what                       | answer                        |
      | its proof in plain         | 302 invalid_request           |
      | a proof by no method       | 302 invalid_request           |
      | no proof                   | 302 invalid_request           |
      | another redirection        | 400                           |
      | another kind of response   | 302 unsupported_response_type |
      | a scope that nobody knows  | 302 invalid_scope             |
      | its state twice            | 302 invalid_request           |
      | a line break in its state  | 302                           |

  @CFG-MIG-7 @negative
  Scenario Outline: An access token <how> opens nothing at the <role>
    Given alice has done all that comes before service authorization
    When alice's profile is asked for at the <role> with an access token <how>
    Then the server answers 401 invalid_token (CFG-MIG-7)

    Examples:
      | how                                    | role    |
      | without a signature                    | partner |
      | whose algorithm is named None          | partner |
      | signed with the public key as a secret | partner |
      | with claims changed afterwards         | partner |
      | with half a signature                  | partner |
      | that is no token                       | partner |
      | of 20,000 characters                   | partner |
      | of the other MC system                 | partner |
      | of the other MC system                 | primary |
      | that has expired                       | partner |

  @CFG-MIG-7 @negative
  Scenario Outline: Nobody gets <what>
    Given alice has done all that comes before service authorization
    When alice's client asks the partner's configuration management server for <what>
    Then the server answers <answer> (CFG-MIG-7)
    And alice's profile is still given to her by the partner

    Examples:
      | what                                             | answer     |
      | the profile of another user                      | 403        |
      | the profile of another user by way of her own    | 404        |
      | a file above the root                            | 404        |
      | a file above the root, escaped                   | 404        |
      | a file above the root, escaped twice             | 404        |
      | a file above the root, with backslashes          | 404        |
      | a document with an octet of zero in its name     | 404 or 400 |
      | a document of an unknown application             | 404        |
      | a part of her profile                            | 404        |
      | a document with a name of 3,000 characters       | 404 or 414 |
      | a document with a name of 100,000 characters     | 414        |
      | her profile, which is to be deleted              | 403 or 405 |
      | her profile by a method that nobody knows        | 405        |
      | her profile, with a line break in a header       | 400        |
      | her profile, with a header of 100,000 characters | 431        |
      | her profile, with a colon missing in a header    | 400        |
      | her profile, without a token                     | 403        |

  @CFG-MIG-7 @negative
  Scenario Outline: A profile <how> is not stored
    Given alice has done all that comes before service authorization
    When alice's client replaces her profile in the partner MC system by a document <how>
    Then the server answers <answer> (CFG-MIG-7)
    And alice's profile is still given to her by the partner

    Examples:
      | how                                       | answer                                      |
      | that is sound                             | 403 or 409 or 409 schema-validation-error   |
      | with a document type                      | 409 not-well-formed                         |
      | with an external entity                   | 409 not-well-formed                         |
      | with an external entity of another server | 409 not-well-formed                         |
      | with an external document type            | 409 not-well-formed                         |
      | with a parameter entity                   | 409 not-well-formed                         |
      | with an entity bomb                       | 409 not-well-formed                         |
      | of 10 MB                                  | 413                                         |
      | nested 10,000 deep                        | 409 not-well-formed                         |
      | that is cut off                           | 409 not-well-formed                         |
      | that is not in its encoding               | 409 not-well-formed                         |
