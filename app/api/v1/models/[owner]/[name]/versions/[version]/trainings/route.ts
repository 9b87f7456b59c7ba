import { refuse } from "@/lib/gateway/refuse";
import { otherMethods } from "@/lib/gateway/route";

export const POST = refuse("predict", "Models cannot be trained through this API.");

export const { OPTIONS, GET, PUT, PATCH, DELETE } = otherMethods("POST");
