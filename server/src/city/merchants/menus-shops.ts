import { menuBook } from './menu-text.ts'

/** Price lists of shops. */
export const SHOP_BOOKS = {
  grocery: menuBook(`
# Fruit and vegetables 4-6
Bananas | 1 kg | 1.6
Apples | 1 kg | 2.4
Lemons | Net of five | 1.9
Tomatoes | 500 g | 1.9
Potatoes | 2 kg | 2.8
Onions | 1 kg | 1.4
Avocados | Two | 2.6
Lettuce | Piece | 1.3
# Milk and eggs 4-5
Milk | 1 l | 1.1
Butter | 250 g | 2.9
Eggs | Ten, free range | 3.2
Natural yoghurt | Four pots | 1.9
Cheese slices | 200 g | 2.6
Oat drink | 1 l | 2.1
# Pantry 5-7
Spaghetti | 500 g | 1.2
Rice | 1 kg | 1.9
Olive oil | 75 cl | 8.9
Tinned tomatoes | 400 g | 0.9
Ground coffee | 250 g | 4.2
Sliced bread | 500 g | 1.8
Cornflakes | 500 g | 2.8
Peanut butter | 350 g | 3.4
Dark chocolate | 100 g | 1.9
# Drinks 3-4
Still water | 6 × 1.5 l | 2.9
Cola | 1.5 l | 2.1
Orange juice | 1 l | 2.4
Lager | 6 × 33 cl | 5.9
# Household 2-3
Kitchen roll | Two | 2.2
Toilet paper | Eight | 4.2
Washing-up liquid | 75 cl | 1.9
Laundry tablets | Twenty | 6.9
`),
  deli: menuBook(`
# Cheese 3-5
Aged cheddar | 200 g | 5.4
Brie | 250 g | 4.6
Manchego | 200 g | 6.8
Parmesan | 200 g | 6.4
Goat's cheese | 150 g | 4.4
Sheep's cheese | Small wheel | 9.9
# Cured and cooked 4-6
Cured ham | 100 g, thinly sliced | 5.2
Salami | 150 g | 4.6
Chorizo | One ring | 5.9
Cooked ham | 200 g | 4.2
Smoked salmon | 100 g | 6.4
Pâté | 150 g | 4.4
# Meat and fish 4-5
Chicken breast | 500 g | 5.9
Minced beef | 500 g | 6.4
Pork chops | Two | 5.2
Sirloin steak | 250 g | 8.9
Sausages | Six | 4.9
Salmon fillet | Two, 300 g | 8.9
# Ready to eat 3-4
Olives | 200 g | 3.9
Potato salad | 300 g | 3.6
Roast chicken | Whole | 9.9
Ham and cheese sandwich | 4.9
Pastrami sandwich | 7.2
`),
  drinks: menuBook(`
# Red wine 3-4
House red | 75 cl | 5.9
Rioja Crianza | 75 cl | 8.9
Douro red | 75 cl | 9.5
Pinot noir | 75 cl | 12.9
Malbec | 75 cl | 9.9
# White, rosé, sparkling 3-5
Vinho verde | 75 cl | 5.9
Sauvignon blanc | 75 cl | 8.5
Chardonnay | 75 cl | 9.9
Provence rosé | 75 cl | 11.5
Prosecco | 75 cl | 9.9
Champagne brut | 75 cl | 34
# Beer 3-4
Lager | 6 × 33 cl | 6.5
Pale ale | 4 × 33 cl | 8.9
Wheat beer | 50 cl | 2.4
Alcohol-free lager | 6 × 33 cl | 5.9
# Spirits 3-4
Gin | 70 cl | 16.9
Vodka | 70 cl | 14.9
Whisky | 70 cl | 22.9
Rum | 70 cl | 17.9
Tawny port | 75 cl | 12.9
# Mixers and more 2-4
Tonic water | 4 × 20 cl | 4.2
Sparkling water | 1 l | 1.4
Ice | 2 kg | 2.5
Salted peanuts | 200 g | 2.2
`),
  pharmacy: menuBook(`
# Pain and fever 3-4
Paracetamol | 500 mg, twenty tablets | 2.9
Ibuprofen | 200 mg, twenty tablets | 3.9
Aspirin | 500 mg, twenty tablets | 4.2
Digital thermometer | 7.9
# Cold and allergy 3-5
Nasal spray | 10 ml | 5.4
Throat lozenges | Twenty-four | 6.2
Cough syrup | 200 ml | 7.4
Antihistamine | Ten tablets | 5.9
Tissues | Ten packs | 2.4
# First aid 3-4
Plasters | Forty, assorted | 3.4
Disinfectant spray | 100 ml | 4.9
Gauze bandage | Two | 3.2
Burn gel | 50 g | 6.9
# Skin and sun 3-4
Sunscreen SPF 50 | 200 ml | 14.9
Moisturiser | 250 ml | 9.9
Lip balm | 3.5
Hand cream | 75 ml | 4.9
# Everyday 3-5
Toothpaste | 75 ml | 2.9
Toothbrush | Soft | 2.9
Vitamin C | Thirty tablets | 6.9
Nappies | Forty | 11.9
Contact lens solution | 360 ml | 9.9
`),
  flowers: menuBook(`
# Bouquets 4-6
Bouquet of the day | The florist's choice | 24
Dozen red roses | 36
Mixed tulips | Fifteen stems | 18
Sunflowers | Five stems | 16
White bouquet | Lilies and roses | 32
Wild flowers | Seasonal | 22
Peonies | Seven stems, in season | 28
# Plants 3-5
Orchid | White, in a pot | 19.9
Monstera | 60 cm | 29
Succulent trio | 14.5
Peace lily | 16.9
Basil | In a pot | 3.9
# Small gifts 3-4
Greeting card | With your words | 3.5
Glass vase | 14.9
Scented candle | 16.9
Box of chocolates | 11.9
Single rose | Wrapped | 5.5
`),
}
