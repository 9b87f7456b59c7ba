import { refuse } from "@/lib/api-v1/refused-operations";
import { otherMethods } from "@/lib/api-v1/route-wrappers";

export const POST = refuse("predict", "Models cannot be trained through this API.");

export const { OPTIONS, GET, PUT, PATCH, DELETE } = otherMethods("POST");
