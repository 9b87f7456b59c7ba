import "server-only";
import type { User } from "@/lib/auth";
import { AppError } from "@/lib/errors";
import { parseMediaPath } from "@/lib/media/media-urls";
import { requireRoom } from "@/lib/media/storage";
import { findFeatured } from "@/lib/models/catalog";
import { getFields } from "@/lib/models/inputs/fields";
import { imageCount } from "@/lib/models/inputs/image-count";
import { streamsText, whatItMakes } from "@/lib/models/inputs/takes-and-makes";
import { costOfRun, requireWithinLimit } from "@/lib/models/prices/cost-of-run";
import { combineRef } from "@/lib/models/ref";
import { resolveModel } from "@/lib/models/resolve";
import { checkRequestInput, type FindFile } from "./check-request-input";
import type { NewPrediction } from "./new-prediction";

/**
 * Checks the request. Returns its secrets and the columns of its row. Data URIs become uploads. If the request has no `tool`, the
 * row gets the tool of the model. If the request has no `parent` (the image from which the new one is made), the first saved
 * image in the input becomes the parent.
 */
export async function checkRequest(user: Pick<User, "id">, body: NewPrediction, findFile?: FindFile) {
  const ref = combineRef(body.model, body.version);
  if (ref === null) throw contradiction();
  const resolved = await resolveModel(user.id, ref);
  const { model, version, schema } = resolved;
  const fields = schema ? getFields(schema) : [];
  const { input, secrets } = await checkRequestInput({ schema, fields }, body.input, user.id, findFile);
  const cost = costOfRun(resolved, input);
  requireWithinLimit(resolved, cost);
  await requireRoom();
  const files = Object.values(input).flat().map(parseMediaPath);
  return {
    secrets,
    model,
    version,
    input,
    tool: body.tool ?? findFeatured(model)?.tool ?? null,
    parent_image_id: body.parent ?? files.find((file) => file?.kind === "media")?.id ?? null,
    // Text and audio count toward the limits in US dollars, but not as images.
    image_count: /^(text|audio)$/.test(whatItMakes(schema)) ? 0 : imageCount(input, schema ? fields : undefined),
    streams: streamsText(schema),
    ...cost,
  };
}

function contradiction(): AppError {
  const description = "The fields model and version contradict each other. Send only one of them.";
  return new AppError("invalid_input", description, {
    invalidFields: [{ field: "version", description, type: "contradiction" }],
  });
}
