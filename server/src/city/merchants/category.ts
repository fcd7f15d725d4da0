import type { OsmTags } from '../read-extract.ts'

/** What a merchant sells, one word each: the customer filters by it and the demo menu is made from it. */
export const MERCHANT_CATEGORIES = [
  'pizza',
  'burgers',
  'sushi',
  'chinese',
  'asian',
  'indian',
  'mexican',
  'italian',
  'mediterranean',
  'grill',
  'seafood',
  'healthy',
  'local',
  'cafe',
  'bakery',
  'dessert',
  'grocery',
  'deli',
  'drinks',
  'pharmacy',
  'flowers',
] as const
export type MerchantCategory = (typeof MERCHANT_CATEGORIES)[number]

const SHOPS: Record<string, MerchantCategory> = {
  supermarket: 'grocery',
  convenience: 'grocery',
  greengrocer: 'grocery',
  grocery: 'grocery',
  health_food: 'grocery',
  bakery: 'bakery',
  pastry: 'bakery',
  butcher: 'deli',
  seafood: 'deli',
  deli: 'deli',
  cheese: 'deli',
  dairy: 'deli',
  pasta: 'deli',
  confectionery: 'dessert',
  chocolate: 'dessert',
  ice_cream: 'dessert',
  alcohol: 'drinks',
  wine: 'drinks',
  beverages: 'drinks',
  coffee: 'cafe',
  tea: 'cafe',
  florist: 'flowers',
  chemist: 'pharmacy',
  pharmacy: 'pharmacy',
}

const AMENITIES: Record<string, MerchantCategory> = {
  restaurant: 'local',
  fast_food: 'burgers',
  cafe: 'cafe',
  food_court: 'local',
  ice_cream: 'dessert',
  pharmacy: 'pharmacy',
}

/** Words of OpenStreetMap's cuisine tag (wiki.openstreetmap.org/wiki/Key:cuisine) by the category they mean. */
const CUISINES: Partial<Record<MerchantCategory, string>> = {
  pizza: 'pizza',
  burgers: 'burger american hamburger hot_dog diner sandwich',
  sushi: 'sushi japanese sashimi',
  chinese: 'chinese cantonese dim_sum dumpling dumplings szechuan hotpot taiwanese',
  asian: 'asian thai vietnamese korean ramen noodle noodles pho poke hawaiian filipino malaysian indonesian burmese fusion',
  indian: 'indian curry pakistani nepalese bangladeshi himalayan',
  mexican: 'mexican tex-mex tacos burrito latin_american salvadoran peruvian caribbean venezuelan',
  italian: 'italian pasta sicilian',
  mediterranean: 'mediterranean kebab greek turkish lebanese middle_eastern falafel arab persian moroccan shawarma gyros afghan',
  grill: 'steak_house steak barbecue bbq grill chicken wings brazilian argentinian fried_chicken churrasco',
  seafood: 'seafood fish fish_and_chips',
  healthy: 'salad vegan vegetarian juice smoothie bowl healthy acai',
  cafe: 'coffee_shop coffee tea bubble_tea breakfast brunch crepe bagel teahouse',
  bakery: 'bakery pastry',
  dessert: 'ice_cream dessert frozen_yogurt donut cake chocolate gelato waffle pancake candy',
}
const CATEGORY_OF_CUISINE = new Map(
  Object.entries(CUISINES).flatMap(([category, words]) => words.split(' ').map((word) => [word, category as MerchantCategory])),
)

/** A merchant's category by its tags; null for what is none, or sells nothing that is delivered. */
export function categoryOf(tags: OsmTags): MerchantCategory | null {
  const shop = SHOPS[tags['shop'] ?? '']
  if (shop !== undefined) return shop
  const amenity = tags['amenity'] ?? ''
  const servesFood = (amenity === 'bar' || amenity === 'pub') && (tags['food'] === 'yes' || tags['cuisine'] !== undefined)
  const usual = AMENITIES[amenity] ?? (servesFood ? 'local' : undefined)
  if (usual === undefined || usual === 'pharmacy') return usual ?? null
  const words = (tags['cuisine'] ?? '').toLowerCase().split(/[;,]\s*/)
  // A café that also bakes is still a café: only a kitchen is told by its cuisine.
  if (usual === 'cafe') return words.some((word) => CATEGORY_OF_CUISINE.get(word) === 'bakery') ? 'bakery' : 'cafe'
  for (const word of words) {
    const category = CATEGORY_OF_CUISINE.get(word.trim().replaceAll(' ', '_'))
    if (category) return category
  }
  return usual
}
