import catalog from "../../../../lib/models/catalog.json";

export const featuredIds = catalog.models.map(({ id }) => id);
