import { menuBook } from './menu-text.ts'

const DRINKS = `
# Drinks 2-3
Still water | 50 cl | 1.8
Sparkling water | 50 cl | 2
Cola | 33 cl | 2.6
Iced tea | Lemon, 33 cl | 2.8
Orange juice | Freshly pressed | 3.9
House red | 37.5 cl bottle | 8.5
House white | 37.5 cl bottle | 8.5
Lager | 33 cl | 3.6
`

/** Menu books of kitchens of the place, and of what is eaten in between. */
export const TABLE_BOOKS = {
  grill: menuBook(`
# Starters 2-3
Grilled chorizo | With chimichurri | 6.5
Chicken wings | Eight pieces, smoky glaze | 7.9
Cheese bread | Six pieces | 4.9
Grilled peppers | Olive oil, sea salt | 5.5
# From the grill 5-7
Half chicken | Marinated overnight, lemon or hot | 10.9
Whole chicken | For two, lemon or hot | 17.9
Sirloin steak | 250 g, herb butter | 18.9
Rib-eye | 300 g, chimichurri | 22.5
Pork ribs | Half rack, barbecue glaze | 14.9
Lamb chops | Rosemary, garlic | 18.2
Beef skewer | Peppers, onions | 14.2
Grilled halloumi skewer | Courgette, peppers | 11.9
# Sides 3-4
Fries | 3.5
Rice and beans | 3.9
Mixed salad | 4.5
Baked potato | Sour cream, chives | 4.2
Grilled corn | 3.8
Coleslaw | 3.2
${DRINKS}`),
  seafood: menuBook(`
# Starters 2-4
Fish soup | With croutons | 6.9
Fried calamari | Lemon mayonnaise | 8.9
Garlic prawns | Olive oil, chilli | 10.5
Mussels | White wine, parsley | 9.9
Octopus salad | Onion, parsley, olive oil | 9.8
# Mains 5-6
Fish and chips | Tartare sauce | 12.9
Grilled sea bream | Potatoes, greens | 16.5
Grilled salmon | Vegetables, lemon | 16.2
Cod in the oven | Potatoes, onions, olives | 16.9
Seafood rice | Prawns, clams, mussels | 17.5
Grilled squid | Garlic butter | 15.9
Prawn linguine | Tomato, chilli | 15.5
Clam chowder | In a bread bowl | 10.9
# Sides 2-3
Chips | 3.5
Boiled potatoes | 3
Mixed salad | 4.5
Steamed greens | 3.9
${DRINKS}`),
  healthy: menuBook(`
# Bowls 4-6
Buddha bowl | Quinoa, chickpeas, avocado, tahini | 11.5
Salmon bowl | Brown rice, edamame, seaweed | 13.2
Falafel bowl | Bulgur, hummus, pickles | 11.2
Chicken and kale bowl | Sweet potato, almonds | 12.4
Tofu bowl | Soba, ginger, sesame | 11.2
Mexican bowl | Black beans, corn, guacamole | 11.6
# Salads 3-4
Caesar salad | Chicken, parmesan, croutons | 10.5
Greek salad | Feta, olives | 9.2
Beetroot and goat's cheese | Walnuts | 10.2
Lentil salad | Carrots, herbs | 9.2
Cobb salad | Egg, bacon, avocado | 11.4
# Soups 1-2
Tomato soup | 5.2
Lentil soup | With cumin | 5.4
Carrot and ginger soup | 5.2
# Juices 3-4
Green juice | Apple, spinach, cucumber, lime | 4.9
Carrot and orange | 4.6
Berry smoothie | Banana, oats | 5.4
Mango smoothie | Coconut water | 5.4
Açaí bowl | Granola, banana | 8.2
`),
  local: menuBook(`
# Starters 2-4
Soup of the day | With bread | 4.2
House salad | Leaves, tomatoes, onion | 5.5
Cheese and ham board | Olives, pickles, bread | 10.9
Croquettes | Four pieces | 5.9
Warm bread and butter | 2.5
# Mains 5-7
Roast chicken | Gravy, potatoes | 11.9
Steak and fries | Pepper sauce | 16.5
Beef stew | Carrots, mashed potato | 13.5
Pork loin | Mustard sauce, rice | 12.9
Fish of the day | Vegetables, lemon | 14.9
Mushroom risotto | Parmesan | 12.5
Pasta of the day | Ask the kitchen | 11.2
Vegetable gratin | Cheese crust | 10.9
Omelette | Herbs, salad | 9.5
Club sandwich | Chicken, bacon, egg, fries | 11.5
# Sides 2-3
Fries | 3.5
Rice | 2.8
Seasonal vegetables | 4.2
Green salad | 3.9
# Desserts 2-3
Chocolate mousse | 4.9
Crème caramel | 4.5
Apple tart | 4.9
Fruit salad | 4.2
${DRINKS}`),
  cafe: menuBook(`
# Coffee and tea 5-7
Espresso | 1.6
Americano | 2.2
Flat white | 3.2
Cappuccino | 3
Latte | 3.4
Iced latte | 3.9
Mocha | 3.9
Tea | Black, green or mint | 2.4
Hot chocolate | 3.6
Chai latte | 3.8
# To eat 4-6
Ham and cheese toastie | 5.5
Avocado toast | Poached egg, chilli | 8.5
Granola | Yoghurt, berries | 6.5
Bagel with salmon | Cream cheese, dill | 8.2
Quiche of the day | With salad | 6.9
Eggs on toast | Scrambled or fried | 6.8
Grilled vegetable panini | Pesto, mozzarella | 6.9
Turkey club | 8.4
# Sweet 3-4
Croissant | 2
Pain au chocolat | 2.4
Banana bread | 3.2
Carrot cake | 4.2
Blueberry muffin | 3
Chocolate chip cookie | 2.4
# Cold drinks 1-3
Fresh orange juice | 3.8
Home-made lemonade | 3.4
Sparkling water | 2
`),
  bakery: menuBook(`
# Bread 4-6
Country loaf | Sourdough, 800 g | 4.6
Baguette | 1.4
Rye bread | 600 g | 4.2
Seeded loaf | 700 g | 4.4
Ciabatta | 2.4
Rolls | Six pieces | 2.9
Corn bread | 500 g | 3.6
# Pastries 5-7
Butter croissant | 1.6
Pain au chocolat | 1.9
Almond croissant | 2.6
Cinnamon roll | 2.9
Custard tart | 1.5
Apple turnover | 2.4
Danish | With raspberries | 2.8
Brioche | 2.2
# Cakes and tarts 2-3
Lemon tart | 3.9
Chocolate éclair | 3.2
Fruit tart | 3.9
Carrot cake | Slice | 3.6
Whole birthday cake | Eight portions, one day ahead | 26
# Savoury 2-3
Ham and cheese roll | 3.9
Spinach pasty | 3.6
Sausage roll | 3.2
Quiche lorraine | 4.5
# Drinks 1-2
Coffee | 1.8
Orange juice | 25 cl | 2.9
`),
  dessert: menuBook(`
# Ice cream 5-7
Vanilla | Two scoops | 4
Chocolate | Two scoops | 4
Pistachio | Two scoops | 4.4
Strawberry sorbet | Two scoops | 4
Salted caramel | Two scoops | 4.2
Lemon sorbet | Two scoops | 4
Hazelnut | Two scoops | 4.2
Half-litre tub | Up to three flavours | 9.9
# Sundaes and waffles 3-4
Banana split | Three scoops, chocolate, cream | 7.9
Waffle | Chocolate sauce, vanilla ice cream | 6.9
Crêpe | Sugar and lemon | 4.5
Berry sundae | 7.4
Affogato | Espresso over vanilla | 4.9
# Cakes 3-4
Cheesecake | 4.9
Brownie | 3.6
Chocolate cake | 4.9
Macarons | Six pieces | 8.9
Box of pralines | Sixteen pieces | 15.9
# Drinks 1-2
Milkshake | Any flavour | 5.2
Espresso | 1.6
Still water | 50 cl | 1.8
`),
}
