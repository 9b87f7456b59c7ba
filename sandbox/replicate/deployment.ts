import { z } from "zod";

/** A deployment as it is kept; its id is `owner/name`. */
export const Deployment = z.object({
  id: z.string(),
  owner: z.string(),
  name: z.string(),
  number: z.int(),
  model: z.string(),
  version: z.string(),
  created_at: z.string(),
  hardware: z.string(),
  min_instances: z.int(),
  max_instances: z.int(),
});
export type Deployment = z.infer<typeof Deployment>;
