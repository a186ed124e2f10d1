/** The types of answers, as the OpenAPI document has them. */

/** The JSON of an operation's success; undefined where it has none. */
export type AnswerOf<Operation> = Operation extends { responses: infer Responses }
  ? Responses[keyof Responses & (200 | 201 | 204)] extends { content: { "application/json": infer Body } }
    ? Body
    : undefined
  : never;
