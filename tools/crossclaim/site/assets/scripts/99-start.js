/* A preview listens before the bar at the foot: Escape closes what was opened last. */
const features = { scheme, find, bar, margin, preview, follow, cite, report, scores, argumentMap };
for (const [name, feature] of Object.entries(features)) start(name, feature);
