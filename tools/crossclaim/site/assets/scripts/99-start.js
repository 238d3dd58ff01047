/* A preview listens before the bar at the foot: Escape closes what was opened last. */
for (const [name, feature] of Object.entries({ scheme, find, bar, margin, preview, follow, cite, report, scores, argumentMap }))
  start(name, feature);
