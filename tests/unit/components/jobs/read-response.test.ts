import { expect, test } from "vitest";
import { readProblem } from "@/components/jobs/read-response";
import { explainRejection } from "@/components/jobs/explain-rejection";

test("each invalid field is explained in a sentence of its own", () => {
  const fields = [
    { field: "steps", description: "steps must be a whole number" },
    { field: "width", description: "Too wide." },
  ];
  const { remedy } = explainRejection({
    status: 422,
    type: "invalid_input",
    isUnclear: false,
    detail: "Invalid input.",
    fields,
  });
  expect(remedy).toBe("steps must be a whole number. Too wide.");
});

test.each([
  [422, "invalid_input", "A setting has an invalid value"],
  [422, "unknown_model", "This model does not exist"],
  [422, "model_not_allowed", "This model cannot run here"],
  [422, "idempotency_mismatch", "This request was not accepted"],
  [401, "unauthenticated", "You are signed out"],
  [429, "storage_limit", "Limit reached"],
  [503, "spend_cap", "Nothing was started"],
  [500, "internal", "It is not clear whether this run has started"],
])("a response with status %i and type %s has a title of its own: %s", async (status, type, title) => {
  const problem = await readProblem(Response.json({ type, detail: "Why." }, { status }));
  expect(explainRejection(problem)).toMatchObject({ title, remedy: "Why." });
});
