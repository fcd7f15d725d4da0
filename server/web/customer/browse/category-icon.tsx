import {
  Beef,
  Coffee,
  Croissant,
  Drumstick,
  Fish,
  Flower2,
  Hamburger,
  IceCreamBowl,
  type LucideIcon,
  Pill,
  Pizza,
  Salad,
  Sandwich,
  ShoppingBasket,
  Soup,
  Utensils,
  Wine,
} from 'lucide-react'

const ICONS: Record<string, LucideIcon> = {
  pizza: Pizza,
  burgers: Hamburger,
  sushi: Fish,
  seafood: Fish,
  chinese: Soup,
  asian: Soup,
  indian: Soup,
  mexican: Sandwich,
  mediterranean: Sandwich,
  deli: Sandwich,
  grill: Beef,
  chicken: Drumstick,
  healthy: Salad,
  cafe: Coffee,
  bakery: Croissant,
  dessert: IceCreamBowl,
  grocery: ShoppingBasket,
  drinks: Wine,
  pharmacy: Pill,
  flowers: Flower2,
}

/** A sign for what a merchant sells; the word stands beside it. */
export function CategoryIcon({ category, size = 24 }: { category: string; size?: number }) {
  const Icon = ICONS[category.toLowerCase()] ?? Utensils
  return <Icon size={size} strokeWidth={1.5} aria-hidden />
}

/** A category as a word of the page: the first letter large. */
export const categoryName = (category: string): string =>
  category.charAt(0).toUpperCase() + category.slice(1).replaceAll('_', ' ')
