/** What cities work on in component 1: the fifteen "temas de trabajo" of the IUC presentation in Spanish, in its order. */
export const themes = [
  'poverty-inclusion-gender',
  'housing',
  'refugees-and-immigrants',
  'education-work-skills',
  'sustainable-production-consumption',
  'circular-economy',
  'water-waste-sanitation',
  'healthy-cities',
  'smart-city-innovation',
  'urban-regeneration',
  'nature-based-solutions',
  'urban-mobility',
  'urban-rural-development',
  'culture-and-heritage',
  'safety-in-public-spaces',
] as const;
