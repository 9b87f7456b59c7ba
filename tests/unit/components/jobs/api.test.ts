import { expect, test } from "vitest";
import { explainProblem } from "@/components/jobs/api";

test("each invalid field is explained in a sentence of its own", () => {
  const fields = [
    { field: "steps", description: "steps must be a whole number" },
    { field: "width", description: "Too wide." },
  ];
  const { remedy } = explainProblem({ status: 422, isUnclear: false, detail: "Invalid input.", fields });
  expect(remedy).toBe("steps must be a whole number. Too wide.");
});
